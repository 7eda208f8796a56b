package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.syncnode.SignedBundles.Made;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
final class InstallerTest {
  @TempDir private Path temp = Path.of("");
  private Plant plant;

  @BeforeEach
  void open() throws Exception {
    plant = new Plant(temp).withFactory();
  }

  @AfterEach
  void close() {
    plant.close();
  }

  @Test
  void bringsAVersionIntoServiceAndKeepsTheOneBefore() throws Exception {
    Made next = plant.version("1.1.0", 11, Plant.GOOD);
    Report.Progress end = plant.install(next, "a");
    assertEquals(Phase.GOOD, end.phase(), end::toString);
    plant.assertWorks("1.1.0");
    assertTrue(Files.exists(plant.home.resolve("versions/factory/program/version")));
    assertTrue(Files.isExecutable(plant.home.resolve("current/program/bin/run.sh")));
    assertEquals(next.digest(), plant.report().good());
    assertEquals("1.1.0", plant.report().goodVersion());
  }

  @ParameterizedTest
  @CsvSource({
    "sick,     it is not ready",
    "tiring,   it is not ready",
    "crashing, it ended by itself",
    "lying,    it says that it is version 9.9.9",
  })
  void goesBackByItselfAndRefusesWhatDidBadly(String behaviour, String why) throws Exception {
    Made bad = plant.version("1.1.0", 11, behaviour);
    Report.Progress end = plant.install(bad, "a");
    assertEquals(Phase.ROLLED_BACK, end.phase(), end::toString);
    assertTrue(end.detail().startsWith(why), end::detail);
    plant.assertWorks("1.0.0");
    assertEquals(List.of(bad.digest()), plant.report().failed());

    Report.Progress again = plant.install(bad, "b");
    assertEquals(Phase.REFUSED, again.phase(), again::toString);
    assertTrue(again.detail().startsWith("it failed before: " + why), again::detail);
    plant.assertWorks("1.0.0");
  }

  @Test
  void triesWhatFailedAgainOnceIfAPersonForgives() throws Exception {
    Made bad = plant.version("1.1.0", 11, Plant.SICK);
    plant.install(bad, "a");
    plant.ask(bad.request("b", true));
    Installer service = plant.service();
    service.begin();
    assertEquals(Phase.ROLLED_BACK, plant.finish(service, "b").phase());
    plant.ask(bad.request("b", true));
    plant.tick(service);
    assertTrue(service.notes().attempt().isEmpty(), "forgiven once, tried once");
  }

  @Test
  void takesNothingThatNobodyVouchesForAndTouchesNothing() throws Exception {
    Made changed = plant.version("1.1.0", 11, Plant.GOOD);
    Path file = changed.folder().resolve("edgeflow.tar.gz");
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    assertRefused(changed, "a", "tampered: edgeflow.tar.gz is not what was signed");

    Made unsigned = plant.version("1.1.1", 12, Plant.GOOD);
    Files.write(unsigned.folder().resolve(Stager.SIGNATURES), new byte[0]);
    assertRefused(unsigned, "b", "unsigned");

    Made stranger = new SignedBundles(temp).program("1.1.2", 13, java.util.Map.of("version", "1"));
    assertRefused(stranger, "c", "unknown-signer");

    Made other = plant.version("1.1.3", 14, Plant.GOOD);
    Made swapped = new Made(other.digest(), changed.folder(), "1.1.3");
    assertRefused(swapped, "d", "tampered");

    Made link = plant.version("1.1.4", 15, Plant.GOOD);
    Path linked = link.folder().resolve("edgeflow.tar.gz");
    Files.move(linked, temp.resolve("elsewhere"));
    Files.createSymbolicLink(linked, temp.resolve("elsewhere"));
    assertEquals(Phase.FAILED, plant.install(link, "e").phase());
    plant.assertWorks("1.0.0");
    assertEquals(List.of(), plant.report().failed());
  }

  private void assertRefused(Made made, String request, String why) throws IOException {
    Report.Progress end = plant.install(made, request);
    assertEquals(Phase.REFUSED, end.phase(), end::toString);
    assertTrue(end.detail().startsWith(why), end::detail);
    plant.assertWorks("1.0.0");
    assertFalse(Files.exists(plant.home.resolve("versions").resolve(made.digest())));
  }

  @Test
  void refusesAnOlderNumberButReturnsToWhatProvedItself() throws Exception {
    Made first = plant.version("1.1.0", 11, Plant.GOOD);
    Made second = plant.version("1.2.0", 12, Plant.GOOD);
    Made old = plant.version("1.0.9", 9, Plant.GOOD);
    assertEquals(Phase.GOOD, plant.install(first, "a").phase());
    assertEquals(Phase.GOOD, plant.install(second, "b").phase());
    Report.Progress downgrade = plant.install(old, "c");
    assertEquals(Phase.REFUSED, downgrade.phase());
    assertTrue(downgrade.detail().startsWith("downgraded"), downgrade::detail);
    assertEquals(Phase.GOOD, plant.install(first, "d").phase());
    plant.assertWorks("1.1.0");
    plant.ask(new Request(1, "e", "edgeflow-node", "", "", "", java.time.Duration.ZERO, false));
    Installer service = plant.service();
    service.begin();
    assertEquals(Phase.GOOD, plant.finish(service, "e").phase());
    plant.assertWorks("1.0.0");
  }

  @Test
  void keepsAFewVersionsAndTheFactorysForGood() throws Exception {
    for (int i = 1; i <= 5; i++) {
      assertEquals(
          Phase.GOOD, plant.install(plant.version("1." + i, i, Plant.GOOD), "r" + i).phase());
    }
    try (var kept = Files.list(plant.home.resolve("versions"))) {
      assertEquals(4, kept.count(), "the good one, two before it, and the factory's");
    }
    plant.assertWorks("1.5");
  }

  @Test
  void takesTheVersionThatIsWantedNowAndDropsTheOtherWithoutBlame() throws Exception {
    Made first = plant.version("1.1.0", 11, Plant.GOOD);
    Made second = plant.version("1.2.0", 12, Plant.GOOD);
    plant.ask(first.request("a"));
    Installer service = plant.service();
    service.begin();
    while (service.notes().attempt().isEmpty()
        || service.notes().attempt().get().step() != Step.SOAKING) {
      plant.tick(service);
    }
    assertEquals("1.1.0", plant.runs());
    plant.ask(second.request("b"));
    assertEquals(Phase.GOOD, plant.finish(service, "b").phase());
    plant.assertWorks("1.2.0");
    assertEquals(List.of(), plant.report().failed());
  }

  @Test
  void withoutAVersionToGoBackToItInstallsNone() throws Exception {
    Files.delete(plant.home.resolve("current"));
    Report.Progress end = plant.install(plant.version("1.1.0", 11, Plant.GOOD), "a");
    assertEquals(Phase.REFUSED, end.phase());
    assertEquals("there is no version to go back to", end.detail());
  }

  @Test
  void putsTheGoodOneBackWhenSomebodyElseChangedWhatIsInPlace() throws Exception {
    Made next = plant.version("1.1.0", 11, Plant.GOOD);
    plant.install(next, "a");
    Files.delete(plant.home.resolve("current"));
    Files.createSymbolicLink(plant.home.resolve("current"), Path.of("versions", "factory"));
    Installer service = plant.service();
    service.begin();
    while (service.notes().attempt().isPresent()) {
      plant.tick(service);
    }
    plant.assertWorks("1.1.0");
  }

  /** Of the gateway's folder nothing is trusted, of its own folder nothing is needed to start. */
  @Test
  void survivesGarbageInEveryFile() throws Exception {
    Made next = plant.version("1.1.0", 11, Plant.GOOD);
    plant.install(next, "a");
    byte[] whole = next.request("b").text().getBytes(UTF_8);
    Installer service = plant.service();
    service.begin();
    for (int length = 0; length < whole.length - 2; length += 7) {
      Files.write(plant.requests.resolve(Request.FILE), java.util.Arrays.copyOf(whole, length));
      plant.tick(service);
      assertTrue(service.notes().attempt().isEmpty());
    }
    Files.write(plant.requests.resolve(Request.FILE), new byte[1 << 20]);
    plant.tick(service);
    Files.writeString(plant.requests.resolve("keys.json"), "nonsense");
    Files.writeString(plant.requests.resolve(Report.FILE), "nonsense");
    Files.writeString(plant.home.resolve("notes.json"), "{\"good\":");
    Report.Progress end = plant.install(plant.version("1.2.0", 12, Plant.GOOD), "c");
    assertEquals(Phase.GOOD, end.phase(), end::toString);
    plant.assertWorks("1.2.0");
  }

  @Test
  void writesThroughNoLinkOfTheGateway() throws Exception {
    Path precious = Files.writeString(temp.resolve("precious"), "precious");
    Files.createSymbolicLink(plant.requests.resolve(Report.FILE), precious);
    Files.createSymbolicLink(plant.requests.resolve(Report.FILE + ".tmp"), precious);
    plant.install(plant.version("1.1.0", 11, Plant.GOOD), "a");
    assertEquals("precious", Files.readString(precious));
    assertEquals(Phase.GOOD, plant.report().progress().orElseThrow().phase());
  }

  /** The gateway's folder may be full, or made unusable: the way back must not depend on it. */
  @Test
  void startsAndGoesBackThoughNothingCanBeTold() throws Exception {
    Made bad = plant.version("1.1.0", 11, Plant.SICK);
    plant.ask(bad.request("a"));
    Installer service = plant.service();
    service.begin();
    while (!plant.runs().equals("1.1.0")) {
      plant.tick(service);
    }
    Files.createDirectories(plant.requests.resolve(Report.FILE + ".tmp/full"));
    Installer next = plant.service();
    next.begin();
    plant.finish(next, "a");
    plant.assertWorks("1.0.0");
  }

  /** A root that is out of office can sign another way on from where it was in. */
  @Test
  void followsNoKeysThatForkFromThoseItKnows() throws Exception {
    SigningKey old = plant.bundles.root;
    SigningKey root = SigningKey.generate();
    KeyChain right = plant.bundles.chain().then(plant.bundles.keys(3, root), old);
    Path keys = plant.requests.resolve("keys.json");
    Files.writeString(keys, right.text());
    assertEquals(Phase.GOOD, plant.install(plant.version("1.1.0", 11, Plant.GOOD), "a").phase());

    KeyChain forked =
        plant
            .bundles
            .chain()
            .then(plant.bundles.keys(3, old), old)
            .then(plant.bundles.keys(4, old), old);
    Files.writeString(keys, forked.text());
    assertEquals(Phase.GOOD, plant.install(plant.version("1.2.0", 12, Plant.GOOD), "b").phase());
    assertEquals(right.text(), Files.readString(plant.home.resolve("keys.json")));

    KeyChain longer = right.then(plant.bundles.keys(4, root), root);
    Files.writeString(keys, longer.text());
    assertEquals(Phase.GOOD, plant.install(plant.version("1.3.0", 13, Plant.GOOD), "c").phase());
    assertEquals(longer.text(), Files.readString(plant.home.resolve("keys.json")));
  }
}
