package io.edgeflow.models.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.cli.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SigningCommandTest {
  @TempDir Path files;

  private Path keys = Path.of("");
  private Path bundle = Path.of("");

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void begin() throws IOException {
    keys = files.resolve("keys");
    bundle = Files.createDirectories(files.resolve("bundle"));
    Files.writeString(
        bundle.resolve("manifest.json"),
        """
        {"schema": 1, "name": "flow", "version": "1.0", "outputs": [{"name": "score"}],
         "input": {"kind": "sliding-window", "series": "pump-1/flow", "length": 4}}
        """);
    Files.writeString(bundle.resolve("model.onnx"), "a graph, for all that signing cares");
    Files.writeString(bundle.resolve("golden.json"), "{}");
    assertEquals(0, run("keygen", keys.toString(), "--add=ada").code());
  }

  @Test
  void whatAPublisherSignsIsVerified() throws IOException {
    assertTrue(verify().err().contains("unsigned"), () -> verify().err());
    assertEquals(0, sign("ada", "--number=7").code());
    Ran verified = verify();
    assertEquals(0, verified.code(), verified::err);
    assertTrue(verified.out().contains("is number 7, signed by ada"), verified::out);
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("ada.key"))));

    Files.writeString(bundle.resolve("model.onnx"), "another graph");
    assertEquals(1, verify().code());
    assertTrue(verify().err().contains("tampered"), () -> verify().err());
  }

  @Test
  void whoIsRemovedCountsNoLongerAndTheChainOutlivesItsFirstRoot() {
    assertEquals(0, sign("ada").code());
    assertEquals(0, run("keygen", keys.toString(), "--new-root", "--add=bob", "--for=1d").code());
    assertEquals(0, verify().code(), () -> verify().err());
    assertEquals(0, run("keygen", keys.toString(), "--remove=ada").code());
    assertTrue(verify().err().contains("unknown-signer"), () -> verify().err());
    assertEquals(0, sign("bob").code());
    assertEquals(0, verify().code(), () -> verify().err());
  }

  @Test
  void theRootIsTakenForNoPublisher() {
    Ran root = sign("root");
    assertTrue(root.err().contains("is the root, which signs no bundles"), root::err);
    assertTrue(verify().err().contains("unknown-signer"), () -> verify().err());
    assertEquals(0, run("keygen", keys.toString(), "--new-root", "--add=bob").code());
    assertTrue(sign("root").err().contains("is the root"), "also one that came later");
    assertEquals("", sign("ada").err());
  }

  @Test
  void anOlderOneAndOneWhoseTimeIsOverAreRefused() {
    assertEquals(0, sign("ada", "--number=7").code());
    assertTrue(verify("--floor=8").err().contains("downgraded"), () -> verify("--floor=8").err());
    assertEquals(0, sign("ada", "--for=0s").code());
    assertTrue(verify().err().contains("expired"), () -> verify().err());
  }

  /** A chain that no edge would follow is not written. */
  @Test
  void aRootThatIsNotTheChainsSignsNothing() throws IOException {
    Path other = files.resolve("other");
    assertEquals(0, run("keygen", other.toString(), "--add=ada").code());
    String chain = Files.readString(keys.resolve("keys.json"));
    Files.copy(
        other.resolve("root.key"), keys.resolve("root.key"), StandardCopyOption.REPLACE_EXISTING);
    Ran refused = run("keygen", keys.toString(), "--add=bob");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("is not the root that keys.json names"), refused::err);
    assertEquals(chain, Files.readString(keys.resolve("keys.json")));
  }

  @Test
  void wrongUseIsTold() throws IOException {
    assertEquals(2, run("keygen", keys.toString()).code());
    assertEquals(2, run("keygen", keys.toString(), "--add=root").code());
    assertEquals(2, run("keygen", keys.toString(), "--remove=eve").code());
    Ran again = run("keygen", keys.toString(), "--add=ada");
    assertEquals(1, again.code());
    assertTrue(again.err().contains("ada.key is there already"), again::err);
    Ran nowhere = run("sign", files.resolve("nowhere").toString(), "--key=none");
    assertTrue(
        nowhere.err().contains("is no folder that can be read: there is none"), nowhere::err);
    assertEquals(2, sign("ada", "--for=soon").code());
    Ran notAKey = run("sign", bundle.toString(), "--key=" + keys.resolve("root.pub"));
    assertEquals(1, notAKey.code());
    assertTrue(notAKey.err().contains("as 'model keygen' writes them"), notAKey::err);
    assertFalse(Files.readString(keys.resolve("keys.json")).contains("PRIVATE"));
  }

  private Ran sign(String who, String... more) {
    return run(with(more, "sign", bundle.toString(), "--key=" + keys.resolve(who + ".key")));
  }

  private Ran verify(String... more) {
    return run(
        with(
            more,
            "verify",
            bundle.toString(),
            "--root=" + keys.resolve("root.pub"),
            "--keys=" + keys.resolve("keys.json")));
  }

  private static String[] with(String[] more, String... first) {
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line = CommandRunner.line(new Model());
    int code = line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
