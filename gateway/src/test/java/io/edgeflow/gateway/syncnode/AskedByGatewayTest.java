package io.edgeflow.gateway.syncnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.application.SyncNodeInstaller;
import io.edgeflow.gateway.deploy.ApplicationInstaller;
import io.edgeflow.gateway.deploy.InstallState;
import io.edgeflow.gateway.syncnode.SignedBundles.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateway and service, with nothing between them but the folder. */
final class AskedByGatewayTest {
  private static final Duration SOAK = Duration.ofSeconds(3);
  private static final int MOST = 60;

  @TempDir private Path temp = Path.of("");
  private Plant plant;

  @BeforeEach
  void open() throws Exception {
    plant = new Plant(temp).withFactory();
    Files.move(plant.requests.resolve("keys.json"), temp.resolve("chain.json"));
  }

  @AfterEach
  void close() {
    plant.close();
  }

  /** The gateway is started again by each step that counts: every question comes from a new one. */
  @Test
  void tellsEachStepToAGatewayThatIsStartedAgainMeanwhile() throws Exception {
    Made next = plant.version("1.1.0", 11, Plant.GOOD);
    assertEquals(Optional.empty(), gateway().current());
    List<String> seen = follow(next);
    assertEquals("Proven", seen.getLast(), seen::toString);
    assertTrue(seen.contains("Running"), seen::toString);
    assertEquals(Optional.of(next.digest()), gateway().current());
    plant.assertWorks("1.1.0");

    Made factory = new Made("", Path.of(""), "");
    assertEquals("Proven", follow(factory).getLast());
    assertEquals(Optional.empty(), gateway().current());
    plant.assertWorks("1.0.0");
  }

  @Test
  void tellsThatItWentBackUntilAPersonForgives() throws Exception {
    Made bad = plant.version("1.3.0", 13, Plant.SICK);
    assertEquals("RolledBack", follow(bad).getLast());
    assertEquals("RolledBack", follow(bad).getLast(), "the same request has the same answer");
    Made good = plant.version("1.2.0", 12, Plant.GOOD);
    assertEquals("Proven", follow(good).getLast());
    assertEquals("Failed", follow(bad).getLast(), "refused");
    gateway().forgive(bad.digest());
    gateway().forgive(good.digest());
    List<String> again = follow(bad);
    assertEquals("RolledBack", again.getLast(), again::toString);
    plant.assertWorks("1.2.0");
  }

  /** It was not the version's fault: the keys had not come yet. */
  @Test
  void asksAnewForWhatEndedWithoutBlame() throws Exception {
    Made next = plant.version("1.1.0", 11, Plant.GOOD);
    Path keys = temp.resolve("chain.json");
    Path later = Files.move(keys, temp.resolve("later.json"));
    assertEquals("Failed", follow(next).getLast());
    Files.move(later, keys);
    assertEquals("Failed", follow(next).getLast(), "the same request has the same answer");
    gateway().begin(next.digest());
    assertEquals("Proven", follow(next).getLast());
    plant.assertWorks("1.1.0");
    gateway().begin(next.digest());
    assertEquals("Proven", follow(next).getLast());
  }

  @Test
  void saysThatNobodyInstallsHere() throws Exception {
    Made next = plant.version("1.1.0", 11, Plant.GOOD);
    ApplicationInstaller gateway = gateway();
    assertInstanceOf(InstallState.Working.class, ask(gateway, next));
    plant.nanos.addAndGet(Duration.ofMinutes(3).toNanos());
    assertInstanceOf(InstallState.Unavailable.class, ask(gateway, next));
    Files.writeString(plant.requests.resolve(Report.FILE), "{\"schema\":1,");
    assertInstanceOf(InstallState.Unavailable.class, ask(gateway, next));
  }

  private List<String> follow(Made made) throws IOException {
    ask(gateway(), made);
    Installer service = plant.service();
    service.begin();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      InstallState state = ask(gateway(), made);
      seen.add(state.getClass().getSimpleName());
      if (!(state instanceof InstallState.Working || state instanceof InstallState.Running)) {
        return seen;
      }
      plant.tick(service);
    }
    throw new AssertionError("no end: " + seen);
  }

  private static InstallState ask(ApplicationInstaller gateway, Made made) {
    return gateway.ask(made.digest(), made.folder(), made.version(), SOAK);
  }

  private ApplicationInstaller gateway() throws IOException {
    return new SyncNodeInstaller(
        plant.requests, temp.resolve("chain.json"), SOAK, plant.nanos::get);
  }
}
