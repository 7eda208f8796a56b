package io.edgeflow.lab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGStatement;

/** The API over HTTP, and the best SQL that a person would write who knows the tables. */
final class QuerySides implements AutoCloseable {
  private static final long STEP_MILLIS = Duration.ofHours(2).toMillis();

  /** From the roll-up where it is done, and from the windows where not. */
  private static final String WRITTEN =
      """
      with hour as (
        select series_id, time, count, uncertain, stale, bad, min, max, sum, first, last
        from store.window_hour_sum
        where series_id = any(?) and time >= ? and time < ?
          and time < all(select hour from store.rollup_touch)
        union all
        select series_id, time, count, uncertain, stale, bad, min, max, sum, first, last
        from store.sample_window
        where series_id = any(?) and time < ?
          and time >= (select min(hour) from store.rollup_touch)
      )
      select series_id, date_bin('2 hours', time, 'epoch') as t, sum(count), min(min), max(max),
        sum(sum) / nullif(sum(count - stale - bad), 0), (array_agg(first order by time))[1],
        (array_agg(last order by time desc))[1], sum(uncertain + stale + bad)
      from hour
      group by 1, 2
      order by 1, 2
      """;

  private final QueryHouse house;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Connection connection;
  private final PreparedStatement written;

  QuerySides(QueryHouse house) throws SQLException {
    this.house = house;
    this.connection = house.database().getConnection();
    connection.setReadOnly(true);
    this.written = connection.prepareStatement(WRITTEN);
    written.unwrap(PGStatement.class).setPrepareThreshold(-1);
  }

  /** Nanoseconds until the last byte is here. */
  long chart(int series, Duration back, String more) throws Exception {
    long begin = System.nanoTime();
    ask(series, back, more);
    return System.nanoTime() - begin;
  }

  private byte[] ask(int series, Duration back, String more) throws Exception {
    String names =
        IntStream.rangeClosed(1, series)
            .mapToObj(n -> "series=%s/%s/%04d".formatted(QueryHouse.EDGE, QueryHouse.DEVICE, n))
            .collect(Collectors.joining("&"));
    String address =
        "http://127.0.0.1:%d/api/v1/data?%s&from=%d&to=%d%s"
            .formatted(house.port(), names, from(back), house.now().toEpochMilli(), more);
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + ": " + new String(answer.body(), UTF_8));
    }
    return answer.body();
  }

  private long from(Duration back) {
    return house.now().minus(back).toEpochMilli();
  }

  /** Nanoseconds until the last row is read. */
  long written(int series, Duration back) throws SQLException {
    long begin = System.nanoTime();
    sum(series, back);
    return System.nanoTime() - begin;
  }

  /** How many points there are, and the sum of their means. */
  private double[] sum(int series, Duration back) throws SQLException {
    Integer[] ids = IntStream.rangeClosed(1, series).boxed().toArray(Integer[]::new);
    var all = connection.createArrayOf("int4", ids);
    var from = new Timestamp(from(back) / STEP_MILLIS * STEP_MILLIS);
    long end = house.now().toEpochMilli();
    var to = new Timestamp((end + STEP_MILLIS - 1) / STEP_MILLIS * STEP_MILLIS);
    written.setArray(1, all);
    written.setTimestamp(2, from);
    written.setTimestamp(3, to);
    written.setArray(4, all);
    written.setTimestamp(5, to);
    double[] sum = new double[2];
    try (ResultSet rows = written.executeQuery()) {
      while (rows.next()) {
        for (int column = 1; column <= 9; column++) {
          rows.getObject(column);
        }
        sum[0]++;
        sum[1] += rows.getDouble(6);
      }
    }
    return sum;
  }

  /** Else the sides would not do the same work. */
  void requireSameNumbers(int series, Duration back) throws Exception {
    double[] expected = sum(series, back);
    JsonNode answer = new JsonMapper().readTree(ask(series, back, "&step=2h"));
    int points = 0;
    double means = 0;
    for (JsonNode one : answer.get("series")) {
      points += one.get("points").size();
      for (JsonNode point : one.get("points")) {
        means += point.get("mean").asDouble();
      }
    }
    if (points != expected[0] || Math.abs(means - expected[1]) > 1e-6 * Math.abs(means)) {
      throw new IOException(
          "the sides differ: %d points of %.0f, means %f and %f"
              .formatted(points, expected[0], means, expected[1]));
    }
  }

  @Override
  public void close() throws SQLException {
    written.close();
    connection.close();
    client.close();
  }
}
