package io.edgeflow.gateway.syncnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.syncnode.SignedBundles.Made;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service is killed before each single thing that it does: what runs in the end works. */
@Execution(ExecutionMode.CONCURRENT)
final class KilledServiceTest {
  /** To tell comes after each: nothing that it could cut short matters. */
  private static final Set<String> DEEDS =
      Set.of("note", "stage", "activate", "restart", "settle", "run");

  private static final int MOST = 200;

  @TempDir private Path temp = Path.of("");

  /** Ends the service where it stands. */
  private static final class Killed extends Error {}

  private final AtomicInteger left = new AtomicInteger();

  @ParameterizedTest
  @CsvSource({"good, GOOD, 1.1.0", "crashing, ROLLED_BACK, 1.0.0"})
  void endsWithAVersionThatWorksWhereverItIsKilled(String behaviour, Phase phase, String runs)
      throws Exception {
    int deeds = 0;
    for (boolean killed = true; killed; deeds++) {
      assertTrue(deeds < MOST, "it never ends");
      try (Plant plant =
          new Plant(Files.createDirectory(temp.resolve("k" + deeds))).withFactory()) {
        Made next = plant.version("1.1.0", 11, behaviour);
        plant.ask(next.request("a"));
        left.set(deeds);
        killed = !liveOn(plant);
        Installer heir = plant.service();
        heir.begin();
        assertEquals(phase, plant.finish(heir, "a").phase(), "killed before deed " + deeds);
        plant.assertWorks(runs);
        assertEquals(phase, plant.report().progress().orElseThrow().phase());
      }
    }
    assertTrue(deeds > 9, "too few deeds to prove anything: " + deeds);
  }

  /**
   * Several times in a row, anywhere: a version that does well may be given up, never a machine.
   */
  @Test
  void endsWithAVersionThatWorksHoweverOftenItIsKilled() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      try (Plant plant = new Plant(Files.createDirectory(temp.resolve("r" + i))).withFactory()) {
        String behaviour = random.nextBoolean() ? Plant.GOOD : Plant.TIRING;
        plant.ask(plant.version("1.1.0", 11, behaviour).request("a"));
        for (int kills = random.nextInt(6); kills > 0; kills--) {
          left.set(random.nextInt(8));
          liveOn(plant);
        }
        Installer heir = plant.service();
        heir.begin();
        Phase phase = plant.finish(heir, "a").phase();
        String message = "seed " + seed + ", round " + i + ", " + behaviour;
        assertTrue(phase == Phase.GOOD || phase == Phase.ROLLED_BACK || phase == Phase.FAILED);
        assertTrue(phase != Phase.GOOD || behaviour.equals(Plant.GOOD), message);
        plant.assertWorks(phase == Phase.GOOD ? "1.1.0" : "1.0.0");
      }
    }
  }

  @Test
  void givesUpWhatKillsItEachTime() throws Exception {
    try (Plant plant = new Plant(temp).withFactory()) {
      Made next = plant.version("1.1.0", 11, Plant.GOOD);
      plant.ask(next.request("a"));
      Installer service = plant.service();
      service.begin();
      while (service.notes().attempt().isEmpty()
          || service.notes().attempt().get().step() != Step.SOAKING) {
        plant.tick(service);
      }
      for (int i = 0; i < 4; i++) {
        plant.service().begin();
      }
      Installer heir = plant.service();
      heir.begin();
      assertEquals(Phase.ROLLED_BACK, plant.finish(heir, "a").phase());
      plant.assertWorks("1.0.0");
    }
  }

  /** True if it came to an end before it was killed. */
  private boolean liveOn(Plant plant) throws IOException {
    try {
      Installer service =
          plant.service(real -> mortal(Machine.class, real), real -> mortal(Commands.class, real));
      service.begin();
      plant.finish(service, "a");
      return true;
    } catch (Killed killed) {
      return false;
    }
  }

  private <T> T mortal(Class<T> port, T real) {
    Object mortal =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              if (DEEDS.contains(method.getName()) && left.getAndDecrement() <= 0) {
                throw new Killed();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
    return port.cast(mortal);
  }
}
