package io.edgeflow.inference.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway's heap is smaller than a model may be. */
final class SmallHeapTest {
  private static final int LONG = 48 << 20;

  /** The model's doc string in onnx.proto3: field 6, of a length. */
  private static final int DOC = (6 << 3) | 2;

  @TempDir private Path folder;

  @Test
  void loadsAModelThatIsLargerThanTheHeap() throws Exception {
    Path graph = folder.resolve("model.onnx");
    try (OutputStream out = Files.newOutputStream(graph)) {
      out.write(ProbeGraph.bytes());
      out.write(DOC);
      for (int rest = LONG; rest > 0; rest >>>= 7) {
        out.write((rest & 0x7f) | (rest >= 0x80 ? 0x80 : 0));
      }
      out.write(" ".repeat(LONG).getBytes(US_ASCII));
    }
    Path said = folder.resolve("said");
    var command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                LoadAndExit.class.getName(),
                graph.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    command.environment().put("HOME", folder.toString());

    int exit = command.start().waitFor();

    assertEquals(0, exit, Files.readString(said));
  }

  static final class LoadAndExit {
    private LoadAndExit() {}

    public static void main(String[] args) throws Exception {
      var spec =
          new ModelSpec("x", List.of(ProbeGraph.ROW), "y", ProbeGraph.OUTPUTS, ModelLimits.DEFAULT);
      try (Scorer scorer =
          ScoringRuntime.open(RuntimeSettings.defaults()).load(Path.of(args[0]), spec)) {
        System.out.println(scorer);
      }
    }
  }
}
