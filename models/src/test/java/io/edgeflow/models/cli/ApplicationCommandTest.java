package io.edgeflow.models.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.application.ApplicationManifest;
import io.edgeflow.process.settings.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplicationCommandTest {
  private static final String IMAGE =
      "registry.example.com/plant/edgeflow@sha256:" + "0123456789abcdef".repeat(4);

  @TempDir private Path temp = Path.of("");

  @Test
  void makesTheFolderThatIsSignedAndPublished() throws Exception {
    Path file = Files.writeString(temp.resolve("edgeflow-1.4.2.tar.gz"), "packed");
    Path out = temp.resolve("bundle");
    Ran ran = run("1.4.2", "--package", file.toString(), "--out", out.toString());
    assertEquals(0, ran.code(), ran::err);
    assertEquals("packed", Files.readString(out.resolve("edgeflow-1.4.2.tar.gz")));
    var manifest =
        (Document.Good<ApplicationManifest>)
            ApplicationManifest.read(Files.readAllBytes(out.resolve("manifest.json")));
    assertEquals(Optional.of("edgeflow-1.4.2.tar.gz"), manifest.value().file());
    assertEquals(2, run("1.4.2", "--image", IMAGE, "--out", out.toString()).code());
  }

  @Test
  void saysWhatIsWrongAndMakesNothing() {
    Path out = temp.resolve("bundle");
    for (String[] wrong :
        new String[][] {
          {"1.4.2"},
          {"1.4.2", "--image", "registry.example.com/plant/edgeflow:1.4.2"},
          {"1.4.2", "--package", temp.resolve("nothing.tar.gz").toString()},
          {"1 4", "--image", IMAGE},
        }) {
      String[] arguments = java.util.Arrays.copyOf(wrong, wrong.length + 2);
      arguments[wrong.length] = "--out";
      arguments[wrong.length + 1] = out.toString();
      Ran ran = run(arguments);
      assertEquals(2, ran.code(), ran::out);
      assertFalse(ran.err().isBlank());
    }
    assertTrue(Files.notExists(out));
  }

  private static Ran run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "application";
    all[1] = "edgeflow-node";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Ran.of(all);
  }
}
