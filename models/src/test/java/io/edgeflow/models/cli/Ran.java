package io.edgeflow.models.cli;

import io.edgeflow.process.cli.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command did. */
record Ran(int code, String out, String err) {
  static Ran of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line =
        CommandRunner.line(new Model()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
