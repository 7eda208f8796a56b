package io.edgeflow.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DrainResultTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void tellsTheMedianOfTheRoundsAndAllLiveFrames() throws Exception {
    DrainResult result =
        result(
            round(30, List.of(100_000L, 300_000L), 0),
            round(10, List.of(200_000L), 0),
            round(20, List.of(400_000L), 0));
    JsonNode json = new ObjectMapper().readTree(result.json());
    assertEquals(20, json.path("drainSeconds").asDouble());
    assertEquals(72_000, json.path("windowsPerSecond").asLong());
    assertEquals(0.25, json.path("ratio").asDouble());
    assertEquals(4, json.path("liveFrames").asInt());
    assertEquals(0.2, json.path("liveP50Seconds").asDouble());
    assertEquals(0.4, json.path("liveMostSeconds").asDouble());
    assertTrue(json.path("drainReached").asBoolean());
    assertTrue(json.path("liveReached").asBoolean());
    assertTrue(result.text().contains("1,000 series: reached)"), result::text);
  }

  @Test
  void missesItsTargetsWhereItIsSlowOrDidNotSeeEverything() {
    assertFalse(result(round(61, List.of(1L), 0)).drainReached());
    assertTrue(result(round(59, List.of(1L), 0)).drainReached());
    assertFalse(result(round(1, List.of(), 0)).liveReached());
    assertFalse(result(round(1, List.of(1L), 1)).liveReached());
    assertFalse(result(round(1, List.of(2_000_001L), 0)).liveReached());
  }

  @Test
  void takesTheNinetyNinthOfAHundred() {
    Latencies latencies = Latencies.of(LongStream.rangeClosed(1, 100).boxed().toList(), 0);
    assertEquals(50, latencies.p50Micros());
    assertEquals(99, latencies.p99Micros());
    assertEquals(100, latencies.mostMicros());
  }

  private static DrainRound round(long seconds, List<Long> live, long missing) {
    return new DrainRound(700, SECOND, seconds * SECOND, live, missing);
  }

  private static DrainResult result(DrainRound... rounds) {
    return new DrainResult(
        new DrainShape(1_000, 1_440, 2, rounds.length, true),
        List.of(rounds),
        new FrameTap.Figures(800, 0, 15_000_000),
        new MemoryWatch.Peak(250L << 20, 60L << 20),
        new BareCopy.Result(1_440_000, 5 * SECOND));
  }
}
