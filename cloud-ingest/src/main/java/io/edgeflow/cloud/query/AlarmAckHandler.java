package io.edgeflow.cloud.query;

import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Words;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/alarms/{id}/ack}: somebody knows of an alarm, or of a digest of late ones. It
 * is said here only: the alarm at the edge stays as it is.
 */
final class AlarmAckHandler implements Handler {
  private static final int CONFLICT = 409;
  private static final int LONGEST_WHO = 64;
  private static final int LONGEST_WHY = 200;
  private static final Pattern ALARM = Pattern.compile("([^:]{1,64}):(.{1,128})");
  private static final Pattern DIGEST = Pattern.compile("digest-(\\d{1,9})");
  private static final Set<String> OPEN = Set.of("unacknowledged", "returned-unacknowledged");

  private static final String ACK_ALARM =
      """
      insert into alarm_ack (edge_id, alarm, raised, who, why, at)
      select a.edge_id, a.id, a.raised, ?, ?, 'epoch'::timestamptz + ? * interval '1 millisecond'
      from alarm a join edge e on e.id = a.edge_id
      where e.name = ? and a.id = ?
        and (? or (extract(epoch from a.raised) * 1000)::bigint = ?)
      on conflict do nothing
      """;

  private static final String ACK_DIGEST =
      """
      update alarm_digest
      set ack_who = ?, ack_why = ?, acknowledged = 'epoch'::timestamptz + ? * interval '1 millisecond'
      where id = ? and acknowledged is null
        and (? or (extract(epoch from updated) * 1000)::bigint <= ?)
      """;

  private final Reads writes;
  private final InstantSource clock;

  /**
   * @param writes must let its questions write
   */
  AlarmAckHandler(Reads writes, InstantSource clock) {
    this.writes = writes;
    this.clock = clock;
  }

  /**
   * @param seen what the alarm's {@code raised} or the digest's {@code updated} was when somebody
   *     looked; empty if that does not matter
   */
  private record Word(String who, String why, OptionalLong seen) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    new Parameters(request);
    Word word = word(request.body());
    String id = request.segment("id");
    Matcher digest = DIGEST.matcher(id);
    if (digest.matches()) {
      int number = Integer.parseInt(digest.group(1));
      return Answer.json(writes.ask(connection -> digest(connection, number, word)));
    }
    Matcher alarm = ALARM.matcher(id);
    if (!alarm.matches()) {
      throw Parameters.wrong("id", id, "must be that of an alarm or of a digest");
    }
    return Answer.json(
        writes.ask(connection -> alarm(connection, alarm.group(1), alarm.group(2), word)));
  }

  private static Word word(byte[] body) {
    try {
      Words said = Words.read(body, List.of("who", "why", "seen"));
      return new Word(
          said.text("who", 1, LONGEST_WHO), said.text("why", 0, LONGEST_WHY), said.whole("seen"));
    } catch (IllegalArgumentException broken) {
      throw HttpRefusal.badRequest(String.valueOf(broken.getMessage()));
    }
  }

  private AlarmsQuery.Alarm alarm(Connection connection, String edge, String alarm, Word word)
      throws SQLException {
    AlarmsQuery.Alarm before = only(AlarmsQuery.alarm(connection, edge, alarm));
    if (!OPEN.contains(before.state())) {
      throw new HttpRefusal(
          CONFLICT, "conflict", "the alarm is " + before.state() + ": nothing waits for anybody");
    }
    try (PreparedStatement insert = connection.prepareStatement(ACK_ALARM)) {
      say(insert, word);
      insert.setString(4, edge);
      insert.setString(5, alarm);
      seen(insert, 6, word);
      insert.execute();
    }
    AlarmsQuery.Alarm after = only(AlarmsQuery.alarm(connection, edge, alarm));
    requireSeen(after.acknowledgedInCloud(), "the alarm was raised again");
    return after;
  }

  private AlarmsQuery.Digest digest(Connection connection, int id, Word word) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ACK_DIGEST)) {
      say(update, word);
      update.setInt(4, id);
      seen(update, 5, word);
      update.execute();
    }
    AlarmsQuery.Digest after = only(AlarmsQuery.digest(connection, id));
    requireSeen(after.acknowledgedInCloud(), "more alarms came");
    return after;
  }

  /** What nobody has looked at is not acknowledged. */
  private static void requireSeen(AlarmsQuery.@Nullable Acknowledged said, String meanwhile) {
    if (said == null) {
      throw new HttpRefusal(CONFLICT, "conflict", meanwhile + " meanwhile: look again");
    }
  }

  private static void seen(PreparedStatement statement, int index, Word word) throws SQLException {
    statement.setBoolean(index, word.seen().isEmpty());
    statement.setLong(index + 1, word.seen().orElse(0));
  }

  private void say(PreparedStatement statement, Word word) throws SQLException {
    statement.setString(1, word.who());
    statement.setString(2, word.why());
    statement.setLong(3, clock.millis());
  }

  private static <T> T only(List<T> found) {
    if (found.isEmpty()) {
      throw HttpRefusal.notFound("no edge told of such an alarm");
    }
    return found.getFirst();
  }
}
