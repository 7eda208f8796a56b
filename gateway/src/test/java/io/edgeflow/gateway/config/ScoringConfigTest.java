package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoringConfigTest {
  @TempDir Path home;

  private List<ScoringConfig> load(String slots) throws Exception {
    Path file =
        Files.writeString(home.resolve("gateway.yaml"), "{edge: a, scoring: " + slots + "}");
    return new SettingsLoader(Map.of(), home)
        .load(GatewayConfig.class, Optional.of(file), List.of())
        .value()
        .scoring();
  }

  private void refused(String slots, String why) {
    var refusal = assertThrows(SettingsException.class, () -> load(slots));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::toString);
  }

  @Test
  void hasDefaultsAndTakesFoldersFromWhereItIs() throws Exception {
    assertEquals(
        List.of(
            new ScoringConfig(
                "wear",
                home.resolve("bundles/wear"),
                ScoringConfig.Placement.INSIDE,
                Optional.empty())),
        load("[{slot: wear, bundle: bundles/wear}]"));
    assertEquals(
        ScoringConfig.Placement.CHILD,
        load("[{slot: wear, bundle: /b, process: child, shadow: /c}]").getFirst().process());
  }

  @Test
  void isEmptyUntilSomebodyBringsAModel() throws Exception {
    assertEquals(Optional.empty(), load("[{slot: wear}]").getFirst().bundle());
  }

  @Test
  void refusesWhatCannotBe() {
    refused("[{slot: Wear.1, bundle: /b}]", "must be 1 to 32 of a-z 0-9 _ -");
    refused("[{slot: wear, bundle: /b, shadow: /b}]", "must be another folder");
    refused("[{slot: wear, bundle: /b}, {slot: wear, bundle: /c}]", "must not name a slot twice");
    refused("[{slot: wear, bundle: /b, process: elsewhere}]", "process");
  }
}
