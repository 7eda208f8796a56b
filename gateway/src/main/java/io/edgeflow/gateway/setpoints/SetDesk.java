package io.edgeflow.gateway.setpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.gateway.broker.CommandListener;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.modbus.RegisterWrite;
import io.edgeflow.gateway.modbus.WriteResult;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.ShortText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets points at the word of clients. A point must be declared writable, the value lie within its
 * bounds, and the client be one that somebody let: where the broker has users, one of whose topic
 * filters names the set topic, not one that may publish anywhere. A retained message is refused:
 * those carry state, never commands. Every request is answered, and is an event with who and when.
 *
 * <p>Any thread; blocks nobody. At most {@link #MOST_A_SECOND} requests a second are looked at, and
 * as many of users who may set nothing, so that a broken client cannot fill the journal with
 * events; the others are answered and no more.
 */
public final class SetDesk implements CommandListener {
  /** Nobody sets more by hand, and nothing that controls a machine should go this way. */
  static final int MOST_A_SECOND = 20;

  private static final int LONGEST_SHOWN = 200;
  private static final String EXPIRED = "has expired";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a desk needs. */
  public interface Outside {
    /**
     * Writes as soon as the device's line is free.
     *
     * @param wanted asked when it is free, from any thread: if not, nothing is written
     * @param done called exactly once, from any thread
     * @return false if it takes no more: then nobody is called
     */
    boolean write(
        String device, RegisterWrite write, BooleanSupplier wanted, Consumer<WriteResult> done);

    /** Tells the local subscribers. */
    void publish(String topic, byte[] payload);

    /** Records an event. */
    void event(
        EventSeverity severity, String type, String message, SortedMap<String, String> detail);
  }

  private final String ask;
  private final String answer;
  private final Map<String, SetPoint> points;
  private final Set<String> known;
  private final LongSupplier presentMicros;
  private final LongSupplier nanos;
  private volatile @Nullable Outside outside;

  // Guarded by this. Who may not set anything must not use up what others may.
  private long second = Long.MIN_VALUE;
  private int ofThoseWhoMay;
  private int ofOthers;

  /**
   * @param points that may be set, by series
   * @param known the series of every point
   * @param presentMicros the present, microseconds since the epoch
   */
  public SetDesk(
      String edge,
      Map<String, SetPoint> points,
      Set<String> known,
      LongSupplier presentMicros,
      LongSupplier nanos) {
    this.ask = "edgeflow/v1/" + edge + "/set/";
    this.answer = "edgeflow/v1/" + edge + "/set-result/";
    this.points = Map.copyOf(points);
    this.known = Set.copyOf(known);
    this.presentMicros = presentMicros;
    this.nanos = nanos;
  }

  /** From now on requests are taken. */
  public void open(Outside there) {
    outside = there;
  }

  @Override
  public boolean hears(String topic) {
    return topic.startsWith(ask);
  }

  @Override
  public void said(Caller caller, String topic, byte[] payload, boolean retained) {
    Outside there = outside;
    if (there == null) {
      return; // The gateway starts or stops: nobody is answered, and nothing is written.
    }
    var request = new Request(caller, topic.substring(ask.length()), there);
    if (!withinRate(may(caller))) {
      request.tell(
          new SetAnswer(
              SetRequest.idOf(payload),
              SetAnswer.REFUSED,
              null,
              "",
              "more than " + MOST_A_SECOND + " a second"));
    } else if (retained) {
      request.refuse(
          SetRequest.idOf(payload),
          null,
          "is retained; retained messages carry state, never commands");
    } else {
      request.handle(payload);
    }
  }

  private synchronized boolean withinRate(boolean may) {
    long now = Math.floorDiv(nanos.getAsLong(), 1_000_000_000L);
    if (now != second) {
      second = now;
      ofThoseWhoMay = 0;
      ofOthers = 0;
    }
    return (may ? ++ofThoseWhoMay : ++ofOthers) <= MOST_A_SECOND;
  }

  private static boolean may(Caller caller) {
    return caller.user().isEmpty() || caller.named();
  }

  /** One request on its way. */
  private final class Request {
    private final Caller caller;
    private final String series;
    private final Outside there;

    Request(Caller caller, String series, Outside there) {
      this.caller = caller;
      this.series = series;
      this.there = there;
    }

    void handle(byte[] payload) {
      SetRequest said;
      try {
        said = SetRequest.of(payload);
      } catch (IllegalArgumentException wrong) {
        refuse(SetRequest.idOf(payload), null, String.valueOf(wrong.getMessage()));
        return;
      }
      SetPoint point = points.get(series);
      String fault = fault(point, said);
      if (point == null || fault != null) {
        refuse(said.id(), said.value(), String.valueOf(fault));
        return;
      }
      try {
        RegisterWrite write = point.write(said.value());
        if (!there.write(
            point.device(), write, () -> !lapsed(said), result -> written(said, result))) {
          refuse(said.id(), said.value(), "too many writes wait for " + point.device());
        }
      } catch (IllegalArgumentException wrong) {
        refuse(said.id(), said.value(), String.valueOf(wrong.getMessage()));
      }
    }

    private @Nullable String fault(@Nullable SetPoint point, SetRequest said) {
      if (!may(caller)) {
        return "the user " + caller.user().orElseThrow() + " has no filter publish=" + ask + "#";
      }
      if (point == null) {
        return known.contains(series)
            ? "is only read: in the gateway's configuration it does not have access: rw"
            : "there is no such point; the topic ends with <device>/<point>";
      }
      if (said.truth() && point.at().type() != RegisterType.BOOL) {
        return "must be a number: it is no coil and no bool";
      }
      return lapsed(said) ? EXPIRED : null;
    }

    private boolean lapsed(SetRequest said) {
      long micros = presentMicros.getAsLong();
      Instant now = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
      return said.expires().isPresent() && said.expires().get().isBefore(now);
    }

    void refuse(String id, @Nullable Double value, String why) {
      finish(new SetAnswer(id, SetAnswer.REFUSED, value, "", why));
    }

    private void written(SetRequest said, WriteResult result) {
      double value = said.value();
      finish(
          switch (result) {
            case WriteResult.Written(String back) ->
                new SetAnswer(said.id(), SetAnswer.WRITTEN, value, back, "");
            case WriteResult.Differs(String back) ->
                new SetAnswer(
                    said.id(), SetAnswer.DIFFERS, value, back, "the device holds something else");
            case WriteResult.DeviceError(int code) ->
                failed(said, "the device answered with exception " + code);
            case WriteResult.WrongAnswer() -> failed(said, "the device answered something else");
            case WriteResult.Lapsed() ->
                new SetAnswer(said.id(), SetAnswer.REFUSED, value, "", EXPIRED + " meanwhile");
            case WriteResult.TimedOut() -> failed(said, "the device did not answer in time");
            case WriteResult.Unreachable(String why) -> failed(said, why);
          });
    }

    private SetAnswer failed(SetRequest said, String why) {
      return new SetAnswer(said.id(), SetAnswer.FAILED, said.value(), "", why);
    }

    private void finish(SetAnswer given) {
      tell(given);
      SortedMap<String, String> detail = new TreeMap<>();
      detail.put("point", shown(series));
      detail.put("client", shown(caller.clientId()));
      caller.user().ifPresent(user -> detail.put("user", user));
      detail.put("outcome", given.outcome());
      if (given.value() != null) {
        detail.put("value", given.value().toString());
      }
      put(detail, "readBack", given.readBack());
      put(detail, "detail", given.detail());
      put(detail, "id", given.id());
      boolean good = given.outcome().equals(SetAnswer.WRITTEN);
      there.event(
          good ? EventSeverity.INFO : EventSeverity.WARNING,
          "set",
          "%s set %s: %s"
              .formatted(
                  shown(caller.user().orElse(caller.clientId())), shown(series), said(given)),
          detail);
    }

    /** A stranger's name may have 65,535 bytes, and each request is an event in the journal. */
    private static String shown(String name) {
      return name.length() <= LONGEST_SHOWN ? name : ShortText.cut(name, LONGEST_SHOWN) + "...";
    }

    private static String said(SetAnswer given) {
      String value = given.value() == null ? "" : given.value() + " ";
      return value + given.outcome() + (given.detail().isEmpty() ? "" : ", " + given.detail());
    }

    private static void put(SortedMap<String, String> detail, String key, String value) {
      if (!value.isEmpty()) {
        detail.put(key, value);
      }
    }

    void tell(SetAnswer given) {
      try {
        byte[] document = JSON.writeValueAsString(given).getBytes(StandardCharsets.UTF_8);
        there.publish(answer + series, document);
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
