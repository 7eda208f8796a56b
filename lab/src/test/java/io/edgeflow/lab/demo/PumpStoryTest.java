package io.edgeflow.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.lab.demo.PumpStory.Alarm;
import io.edgeflow.lab.demo.PumpStory.Sight;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PumpStoryTest {
  private static final long BEGAN = 1_763_672_400_000_000L;
  private static final OptionalLong FULL_SPEED = OptionalLong.empty();

  private final PumpStory story = new PumpStory("pump-7", 7, BEGAN);

  @Test
  void tellsEachStepOnceWithItsTime() {
    assertEquals(List.of(), look(1, true, FULL_SPEED, Optional.empty()));
    assertEquals(
        List.of(
            "the model sees it after 2.0 s: pump-7/health.score is 6.3, a healthy pump stays"
                + " below 1"),
        look(3, true, FULL_SPEED, alarm(true, 2, 2)));
    assertEquals(
        List.of("the action slow-pump-7 wrote coil 7 after 4.0 s: the pump slows down"),
        look(5, true, OptionalLong.of(at(4)), alarm(true, 2, 2)));
    assertEquals(
        List.of("cavitation over after 6.0 s"),
        look(6, false, OptionalLong.of(at(4)), alarm(true, 2, 2)));
    assertEquals(List.of(), look(7, false, OptionalLong.of(at(4)), alarm(true, 2, 2)));
    assertFalse(story.complete());
    assertEquals(
        List.of("the alarm returned after 9.0 s", "the pump is back at full speed after 16.0 s"),
        look(16, false, FULL_SPEED, alarm(false, 2, 9)));
    assertTrue(story.complete());
  }

  @Test
  void takesNothingFromBeforeItsBeginningForItsOwn() {
    assertEquals(List.of(), look(1, true, OptionalLong.of(at(-5)), alarm(false, -9, -6)));
  }

  @Test
  void theAccountNamesWhatDidNotHappenAndWhatTheCloudDoesNotKnow() throws Exception {
    look(3, true, FULL_SPEED, alarm(true, 2, 2));
    look(5, false, OptionalLong.of(at(4)), alarm(false, 2, 5));
    var account = account(event("alarm-raised", 2), action("on", 4));

    assertEquals(
        List.of(
            "pump-7: never 'set back'",
            "the cloud has no event alarm-returned of demo/pump-7/health.score",
            "the cloud has no event action that set back pump-7"),
        account.faults());
    assertTrue(account.text().contains("OFF"));
  }

  @Test
  void anOlderActionOrAlarmIsNotTheOne() throws Exception {
    look(3, true, OptionalLong.of(at(4)), alarm(true, 2, 2));
    look(16, false, FULL_SPEED, alarm(false, 2, 9));
    String all = event("alarm-raised", 2) + "," + event("alarm-returned", 9);

    assertEquals(List.of(), account(all, action("on", 4), action("off", 16)).faults());
    assertEquals(
        List.of("the cloud has no event action that slowed pump-7"),
        account(all, action("on", -4), action("off", 16)).faults());
    assertEquals(
        List.of("the cloud has no event alarm-raised of demo/pump-7/health.score"),
        account(
                event("alarm-raised", -20) + "," + event("alarm-returned", 9),
                action("on", 4),
                action("off", 16))
            .faults());
  }

  private List<String> look(
      long second, boolean cavitates, OptionalLong slowSince, Optional<Alarm> alarm) {
    return story.look(new Sight(at(second), cavitates, slowSince, alarm));
  }

  private StoryAccount account(String... events) throws Exception {
    String all = "{\"events\":[" + String.join(",", events) + "]}";
    return new StoryAccount(List.of(story), new ObjectMapper().readTree(all));
  }

  private static Optional<Alarm> alarm(boolean active, long raised, long changed) {
    return Optional.of(new Alarm(active, at(raised), at(changed), "6.25412"));
  }

  private static String event(String type, long second) {
    return "{\"t\":%d,\"type\":\"%s\",\"series\":\"demo/pump-7/health.score\",\"detail\":{}}"
        .formatted(at(second) / 1_000, type);
  }

  private static String action(String position, long second) {
    return ("{\"t\":%d,\"type\":\"action-done\",\"series\":\"\","
            + "\"detail\":{\"action\":\"slow-pump-7\",\"position\":\"%s\"}}")
        .formatted(at(second) / 1_000, position);
  }

  private static long at(long second) {
    return BEGAN + second * 1_000_000;
  }
}
