package io.edgeflow.inference.node.config;

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

final class InferenceConfigTest {
  private static final Path HOME = Path.of(System.getProperty("edgeflow.home", ".."));
  private static final String LEAST =
      """
      node: jetson-1
      scoring: [{ slot: wear, bundle: /bundles/wear }]
      """;

  @TempDir Path temp;

  private InferenceConfig load(String text, String... more) throws Exception {
    Path file = Files.writeString(temp.resolve("inference.yaml"), text);
    return new SettingsLoader(Map.of(), HOME)
        .load(InferenceConfig.class, Optional.of(file), List.of(more))
        .value();
  }

  /** The sample says that what it states are the defaults: it must not lie. */
  @Test
  void theSampleStatesTheDefaults() throws Exception {
    InferenceConfig sample = load(Files.readString(HOME.resolve("config/inference.yaml")));
    InferenceConfig defaults = load(LEAST);
    assertEquals(defaults.dataDir(), sample.dataDir());
    assertEquals(defaults.gateway(), sample.gateway());
    assertEquals(defaults.http(), sample.http());
    assertEquals(defaults.topics(), sample.topics());
    assertEquals(defaults.queue(), sample.queue());
    assertEquals(defaults.batch(), sample.batch());
    assertEquals(defaults.share(), sample.share());
    assertEquals("jetson-1", sample.node());
    assertEquals(SlotConfig.Placement.INSIDE, sample.scoring().getFirst().process());
  }

  @Test
  void tellsAllFaultsAtOnce() {
    String text =
        """
        node: jet/son
        topics: ["#", sensors, sensors]
        gateway: { url: "http://x:1", keepAlive: 20s, scores: elsewhere, keepalive: 1s }
        scoring: [{ slot: Wear, bundle: /b }]
        """;
    String words = String.valueOf(refusal(text).getMessage());
    for (String part : List.of("did you mean keepAlive", "slot")) {
      assertTrue(words.contains(part), words);
    }
    for (String[] one :
        List.of(
            new String[] {"node=a/b", "node"},
            new String[] {"gateway.url=http://x:1", "gateway.url"},
            new String[] {"topics=a,#", "topics"},
            new String[] {"topics=a,a", "twice"},
            new String[] {"topics=plant", "gateway.scores"},
            new String[] {"gateway.keepAlive=2500ms", "whole seconds"},
            new String[] {"gateway.keepAlive=16s", "share.keep"},
            new String[] {"http.host=0.0.0.0", "http.host"})) {
      String said = String.valueOf(refusal(LEAST, one[0]).getMessage());
      assertTrue(said.contains(one[1]), said);
    }
    String nothing = String.valueOf(refusal("node: a\n").getMessage());
    assertTrue(nothing.contains("scoring"), nothing);
  }

  private SettingsException refusal(String text, String... more) {
    return assertThrows(SettingsException.class, () -> load(text, more));
  }
}
