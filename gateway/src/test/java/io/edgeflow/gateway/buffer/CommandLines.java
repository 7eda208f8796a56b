package io.edgeflow.gateway.buffer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.process.cli.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs {@code edgeflow buffer} and keeps what it says. */
final class CommandLines {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CommandLines() {}

  record Said(int exit, String out, String err) {
    JsonNode json() throws IOException {
      return MAPPER.readTree(out);
    }

    @Override
    public String toString() {
      return "exit " + exit + "\n" + out + "\n" + err;
    }
  }

  static Said run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        CommandRunner.line(new Buffer())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Said(exit, out.toString(), err.toString());
  }

  /** Every file below a directory with its bytes. */
  static Map<Path, String> content(Path directory) throws IOException {
    Map<Path, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(file, Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return content;
  }
}
