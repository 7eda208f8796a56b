package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.slaves.Framing;
import io.edgeflow.lab.slaves.LineHabits;
import io.edgeflow.lab.slaves.SlaveField;
import io.edgeflow.lab.slaves.SlaveLine;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ModbusSimTest {
  private static final Pattern LISTENS =
      Pattern.compile("on 127\\.0\\.0\\.1:(\\d+), as RTU over TCP on (\\d+);");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return CommandRunner.line(new ModbusSim())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void answersOnBothPortsAsAsked() throws Exception {
    Thread sim =
        Thread.ofPlatform()
            .start(
                () ->
                    run(
                        "--units=1-3",
                        "--unit=2:exception=6",
                        "--points=4",
                        "--port=0",
                        "--rtu-port=0",
                        "--for=1m"));
    try {
      Matcher ports = listening();
      assertEquals(
          "00010000000302" + "8306",
          exchange(Integer.parseInt(ports.group(1)), "000100000006020300000001", 9));
      assertEquals("0283063132", exchange(Integer.parseInt(ports.group(2)), "0203000000018439", 5));
      assertTrue(out.toString().startsWith("3 units with 4 floats each"), out::toString);
    } finally {
      sim.interrupt();
      sim.join(TimeUnit.SECONDS.toMillis(10));
    }
    assertTrue(!sim.isAlive());
  }

  private Matcher listening() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Matcher found = LISTENS.matcher(out.toString());
    while (!found.find()) {
      assertTrue(System.nanoTime() < deadline, () -> "does not listen: " + out + err);
      Thread.onSpinWait();
      found = LISTENS.matcher(out.toString());
    }
    return found;
  }

  private static String exchange(int port, String request, int answerBytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(HexFormat.of().parseHex(request));
      return HexFormat.of().formatHex(socket.getInputStream().readNBytes(answerBytes));
    }
  }

  @Test
  void refusesNonsense() {
    assertEquals(ExitCodes.WRONG_USE, run("--unit=1:sleepy"));
    assertTrue(err.toString().contains("'sleepy' is nothing a unit can be"), err::toString);
    assertEquals(ExitCodes.WRONG_USE, run("--units=1-300"));
    assertEquals(ExitCodes.WRONG_USE, run("--points=-1"));
    assertEquals(ExitCodes.WRONG_USE, run("--nobody=300"));
    assertEquals(ExitCodes.WRONG_USE, run("--sessions=0"));
    assertEquals(ExitCodes.WRONG_USE, run("--down=2m"));
    assertTrue(err.toString().contains("--down must be shorter than --down-every"), err::toString);
  }

  @Test
  void itsHelpListsWhatAUnitCanBe() {
    run("--help");
    String help = out.toString();
    for (String trait : List.of("slow=", "dead", "max=", "exception=", "swapped", "wrong-id")) {
      assertTrue(help.contains("\n  " + trait), help);
    }
    for (String trait : List.of("half", "garbled", "hang-up", "every=", "tables=", "from=")) {
      assertTrue(help.contains("\n  " + trait), help);
    }
  }

  @Test
  void aLineIsDownNowAndThen() throws IOException {
    try (SlaveLine line =
        SlaveLine.listen(
            Framing.TCP,
            "127.0.0.1",
            Ports.free(),
            SlaveField.floats(1, 1, () -> 0L),
            LineHabits.EASY)) {
      var outages = new Outages(List.of(line), Duration.ofSeconds(10), Duration.ofMinutes(1));
      assertEquals(Optional.empty(), outages.look(Duration.ofSeconds(5).toNanos()));
      reach(line);
      assertEquals(Optional.of("the line is down"), outages.look(Duration.ofSeconds(61).toNanos()));
      assertThrows(ConnectException.class, () -> reach(line));
      assertEquals(Optional.empty(), outages.look(Duration.ofSeconds(69).toNanos()));
      assertEquals(
          Optional.of("the line is up again"), outages.look(Duration.ofSeconds(70).toNanos()));
      reach(line);
    }
  }

  private static void reach(SlaveLine line) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), line.port()).close();
  }
}
