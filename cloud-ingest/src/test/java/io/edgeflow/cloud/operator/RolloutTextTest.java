package io.edgeflow.cloud.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What a person reads of rollouts. */
final class RolloutTextTest {
  private static final String BUNDLE =
      "'bundle': {'model': 'pump', 'version': '1.0', 'digest': '0123456789abcdef', 'slot': 'wear'}";

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree("{" + text.replace('\'', '"') + "}");
  }

  @Test
  void aPlanCountsInWordsOfPeople() throws Exception {
    assertEquals(
        """
        pump 1.0 (0123456789ab) in wear
        wave 1, not before 2026-11-20T22:00:00Z: 1 edge, 1.0 MiB to fetch: pi-7
        1.0 MiB to fetch together; takes 15m at least\
        """,
        RolloutText.plan(
            json(
                BUNDLE
                    + ", 'waves': [{'wave': 1, 'begins': 1795212000000, 'bytes': 1048576,"
                    + " 'edges': ['pi-7']}], 'bytes': 1048576, 'shortest': 900000")));
  }

  @Test
  void aPlanForNobodySaysWhy() throws Exception {
    assertEquals(
        """
        pump 1.0 (0123456789ab) in wear
        no edge would be asked: the selector matches none that the cloud has heard of
        0.0 MiB to fetch together; takes 0s at least\
        """,
        RolloutText.plan(json(BUNDLE + ", 'waves': []")));
    assertEquals(
        """
        pump 1.0 (0123456789ab) in wear
        no edge would be asked: all that the selector matches are left out
        left out: pi-7 is pinned
        CANNOT TAKE IT: pi-8 has no slot wear, only level
        0.0 MiB to fetch together; takes 0s at least\
        """,
        RolloutText.plan(
            json(
                BUNDLE
                    + ", 'waves': [], 'stragglers': [{'edge': 'pi-7', 'never': true, 'why': 'is"
                    + " pinned'}, {'edge': 'pi-8', 'unable': true, 'why': 'has no slot wear, only"
                    + " level'}]")));
  }

  @Test
  void whyIsSaidOnlyWhereSomebodySaidIt() throws Exception {
    JsonNode fleet =
        json(
            "'counts': {'edges': 1, 'online': 1, 'listening': 1, 'inStep': 1},"
                + " 'disabled': [{'name': 'pump', 'who': 'ada', 'why': ''},"
                + " {'name': 'fan', 'who': 'ada', 'why': 'noise'}]");
    assertEquals(
        """
        1 edge, 1 online, 1 take documents, 1 follow the newest one
          DISABLED  pump by ada
          DISABLED  fan by ada: noise

        no rollout yet\
        """,
        RolloutText.all(json(""), fleet));
  }

  @Test
  void whatHasJustBegunIsTooEarlyToJudge() throws Exception {
    assertEquals(
        """
        r-1  pump  runs
        pump 1.0 (0123456789ab) in wear, started by ada

        wave 1, too early: 0 of 1 edge passed
        wave 2, inconclusive: 0 of 1 edge passed

          pi-7                     wave 1  active     soaks
              minRows      too early    40 rows
          pi-8                     wave 2  active     too little
              minRows      inconclusive 40 rows\
        """,
        RolloutText.detail(
            json(
                "'rollout': {'id': 'r-1', 'name': 'pump', 'text': 'runs', 'status': 'running',"
                    + " 'who': 'ada', "
                    + BUNDLE
                    + "}, 'waves': [%s, %s], 'edges': [%s, %s]"
                        .formatted(
                            wave(1, "active"),
                            wave(2, "unjudged"),
                            edge("pi-7", 1, "soaks", false),
                            edge("pi-8", 2, "too little", true)))));
  }

  private static String wave(int number, String state) {
    return "{'wave': %d, 'begun': true, 'verdict': 'inconclusive', 'text': '0 of 1 edge passed', 'count': {'%s': 1}}"
        .formatted(number, state);
  }

  private static String edge(String name, int wave, String detail, boolean proven) {
    return "{'edge': '%s', 'wave': %d, 'step': 'active', 'detail': '%s', 'proven': %s, 'gates': [{'gate': 'minRows', 'verdict': 'inconclusive', 'text': '40 rows'}]}"
        .formatted(name, wave, detail, proven);
  }
}
