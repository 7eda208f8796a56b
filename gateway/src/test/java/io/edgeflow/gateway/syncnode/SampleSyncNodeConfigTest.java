package io.edgeflow.gateway.syncnode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sample says that what it states are the defaults. */
final class SampleSyncNodeConfigTest {
  @Test
  void statesTheDefaults() throws Exception {
    Path home = Path.of(System.getProperty("edgeflow.home", ".."));
    var loader = new SettingsLoader(Map.of(), home);
    Path sample = home.resolve("config/sync-node.yaml");
    assertEquals(
        loader
            .load(SyncNodeConfig.class, Optional.empty(), List.of("root=config/root.pub"))
            .value(),
        loader.load(SyncNodeConfig.class, Optional.of(sample), List.of()).value());
  }
}
