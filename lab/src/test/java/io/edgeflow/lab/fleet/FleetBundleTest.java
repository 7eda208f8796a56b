package io.edgeflow.lab.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.runtime.NonFiniteScoresException;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.models.replay.OpenBundle;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.StatementCheck;
import io.edgeflow.process.trust.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The faults of models are there, and only they. */
final class FleetBundleTest {
  private static final float[] FLOW = {10};

  @TempDir Path folder;

  @Test
  void modelsHaveTheFaultsThatTheyAreSaidToHave() throws Exception {
    Keys keys = Keys.in(folder.resolve("keys"));
    for (Fault fault : Fault.values()) {
      var made = FleetBundle.write(folder.resolve(fault.word()), 3, fault, keys.publisher());
      try (OpenBundle bundle = OpenBundle.open(made.folder(), runtime())) {
        assertEquals(made.digest(), bundle.bundle().digest().hex());
        assertEquals(fault != Fault.WRONG, bundle.prove().passed(), fault.word());
        assertEquals(fault == Fault.NAN, isNumberless(bundle), fault.word());
        double limit = bundle.bundle().manifest().thresholds().getFirst().value();
        assertEquals(fault == Fault.ALARMS, 13 > limit, fault.word());
      }
    }
  }

  /** The first one in a process says where the libraries are, and the test's folder goes. */
  private static ScoringRuntime runtime() throws Exception {
    return ScoringRuntime.open(RuntimeSettings.defaults().keepingIn(Path.of("target/runtime")));
  }

  private static boolean isNumberless(OpenBundle bundle) throws ScoringException {
    try {
      float[] scores = bundle.scorer().score(FLOW, 1);
      assertEquals(13, scores[0], 0);
      return false;
    } catch (NonFiniteScoresException none) {
      return true;
    }
  }

  @Test
  void heavyModelsAreAsLargeAsTheyShallBe() throws Exception {
    Keys keys = Keys.in(folder.resolve("keys"));
    var made = FleetBundle.write(folder.resolve("heavy"), 3, Fault.NONE, 2, keys.publisher());
    long size = Files.size(made.folder().resolve("model.onnx"));
    assertTrue(size > 2 << 20 && size < 3 << 20, size + " bytes");
    try (OpenBundle bundle = OpenBundle.open(made.folder(), runtime())) {
      assertTrue(bundle.prove().passed());
      assertFalse(isNumberless(bundle));
    }
  }

  @Test
  void whoPinsTheRootTakesThem() throws Exception {
    Keys keys = Keys.in(folder.resolve("keys"));
    var made = FleetBundle.write(folder.resolve("good"), 3, Fault.NONE, keys.publisher());
    VerifyingKey pinned = VerifyingKey.parse(Files.readString(keys.root()));
    byte[] chain = keys.chain().text().getBytes(StandardCharsets.UTF_8);
    var known = assertInstanceOf(KeyChain.Good.class, KeyChain.read(chain, pinned, 0));
    byte[] signatures = Files.readAllBytes(made.folder().resolve("signatures.json"));
    assertInstanceOf(
        StatementCheck.Trusted.class,
        new StatementCheck(known.newest(), Optional.empty()).check(signatures, made.digest(), 3));
  }
}
