package io.edgeflow.gateway.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.recorder.LoadSample;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LoadTest {
  private static GatewayConfig config(String... more) throws SettingsException {
    return new SettingsLoader(Map.of(), Path.of("/"))
        .load(GatewayConfig.class, Optional.empty(), List.of(more))
        .value();
  }

  @Test
  void assumesSensorsWhereNothingIsConfigured() throws Exception {
    Load load = ConfiguredLoad.of(config("edge=pi-7"));
    assertEquals(Load.Basis.ASSUMED, load.basis());
    assertEquals(100, load.readings());
    assertEquals(100 * 40, load.messageBytes());
    assertEquals(100 / 60.0 * 37, load.frameBytes(), 1e-9);
  }

  /**
   * Two points every half second, and one every two minutes, which fills half a window a minute.
   */
  @Test
  void addsUpTheConfiguredPolls() throws Exception {
    Load load =
        ConfiguredLoad.of(
            config(
                "edge=pi-7",
                "modbus.devices.a.host=h",
                "modbus.devices.a.interval=500ms",
                "modbus.devices.a.points.x.address=1",
                "modbus.devices.a.points.y.address=2",
                "modbus.devices.b.host=h",
                "modbus.devices.b.interval=2m",
                "modbus.devices.b.points.z.address=1"));
    assertEquals(Load.Basis.CONFIGURED, load.basis());
    assertEquals(2 + 1 / 120.0, load.messages(), 1e-9);
    assertEquals(4 + 1 / 120.0, load.readings(), 1e-9);
    assertEquals((2 / 60.0 + 1 / 120.0) * 37, load.frameBytes(), 1e-9);
  }

  @Test
  void dividesWhatWasMeasuredByItsTime() {
    Load load = Load.measured(new LoadSample(7_200_000_000_000L, 7_200, 14_400, 288_000, 3_600));
    assertEquals(
        new Load(
            Load.Basis.MEASURED,
            1,
            2,
            40,
            0.5,
            "measured over the last 2 h in which something came"),
        load);
  }
}
