package io.edgeflow.lab.slaves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.gateway.Gateway;
import io.edgeflow.gateway.ModbusCommand;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor before patients of every kind. */
final class DoctorTest {
  private static final long NOW = 1_763_672_400_000_000L;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private @Nullable SlaveLine line;

  @AfterEach
  void closeTheLine() throws IOException {
    if (line != null) {
      line.close();
    }
  }

  @Test
  void tellsWhoAnswersAndWhoDoesNot() throws IOException {
    patients("1", "2:exception=6", "3:dead", "4:half", "5:wrong-id", "6:garbled", "7:hang-up");
    int code = modbus("scan", "--host", host(), "--units", "1-8", "--timeout", "1s");
    assertEquals(ExitCodes.DONE, code, this::said);
    says("unit 1    answers in ");
    says("unit 2    answers with exception 6 (busy)");
    says("unit 4    answers with nonsense: ");
    says("unit 5    answers with nonsense: ");
    says("unit 6    answers with nonsense: ");
    says("unit 7    is no answer but: the device closed the connection");
    says(": 2 of 8 units answer (");
    says("; silent: 3, 8");
    says("units 4-6: what came is no answer to what was asked");
  }

  @Test
  void findsTheLargestBlockByBisection() throws IOException {
    patients("1", "2:max=20/2", "3:max=77", "4:tables=input+coil,from=100,size=50");
    int code =
        modbus("scan", "--host", host(), "--units", "1-4", "--tables", "--timeout", "3s", "--json");
    assertEquals(ExitCodes.DONE, code, this::said);
    JsonNode units = json().get("units");
    assertEquals("{125 PROTOCOL from 0}", table(units.get(0), "holding"));
    assertEquals("{1000 END 2 from 0}", table(units.get(0), "discrete"));
    assertEquals("{20 REFUSED 2 from 0}", table(units.get(1), "holding"));
    assertEquals("{320 REFUSED 2 from 0}", table(units.get(1), "coil"));
    assertEquals("{77 REFUSED 3 from 0}", table(units.get(2), "input"));
    assertEquals("{exception 1}", table(units.get(3), "holding"));
    assertEquals("{50 END 2 from 100}", table(units.get(3), "input"));
    String advice = json().get("advice").toString();
    assertTrue(
        advice.contains("unit 2 takes no more at once; its device needs maxRegisters: 20"), advice);
    assertTrue(
        advice.contains("unit 3 takes no more at once; its device needs maxRegisters: 77\""),
        advice);
    assertFalse(advice.contains("unit 1 takes no more"), advice);
  }

  private static String table(JsonNode unit, String name) {
    for (JsonNode table : unit.get("tables")) {
      if (table.get("table").asText().equals(name)) {
        String refusal = table.get("refusal").isNull() ? "" : " " + table.get("refusal");
        return table.get("readable").asBoolean()
            ? "{%s %s%s from %s}"
                .formatted(
                    table.get("largestBlock"),
                    table.get("limit").asText(),
                    refusal,
                    table.get("first"))
            : "{exception " + table.get("exception") + "}";
      }
    }
    return "none";
  }

  @Test
  void advisesATimeoutForTheSlow() throws IOException {
    patients("1:slow=1600ms");
    modbus("scan", "--host", host(), "--units", "1", "--timeout", "3s");
    says("unit 1 took up to ");
    says("its connection needs a timeout of ");
  }

  @Test
  void speaksRtuThroughAConverter() throws IOException {
    line = SlaveLine.listen(Framing.RTU, units("1", "2:dead", "3:garbled", "4:exception=6"));
    int code = modbus("scan", "--host", host(), "--rtu", "--units", "1-4", "--timeout", "1s");
    assertEquals(ExitCodes.DONE, code, this::said);
    says("unit 1    answers in ");
    says("unit 4    answers with exception 6 (busy)");
    says("unit 3    answers with nonsense: answered with a wrong checksum");
    says("silent: 2");
    out.getBuffer().setLength(0);
    assertEquals(
        ExitCodes.FAILED, modbus("scan", "--host", host(), "--units", "1", "--timeout", "100ms"));
    says("nobody answers");
    says("try --rtu");
  }

  @Test
  void asksUnitZeroAnd255WhereNobodyElseAnswers() throws IOException {
    patients("255");
    assertEquals(
        ExitCodes.DONE,
        modbus("scan", "--host", host(), "--units", "1-3", "--timeout", "1500ms"),
        this::said);
    says("unit 255  answers in ");
  }

  @Test
  void tellsAGatewayThatIsAloneFromUnits() throws IOException {
    line =
        SlaveLine.listen(Framing.TCP, "127.0.0.1", 0, units("2"), LineHabits.EASY.withNobody(11));
    assertEquals(
        ExitCodes.DONE,
        modbus("scan", "--host", host(), "--units", "1-3", "--timeout", "3s"),
        this::said);
    says("unit 1    is not there: with exception 11 (gateway: the unit does not answer)");
    says("1 of 3 units answer");
    says("a gateway answered for units 1, 3 that nobody is there");
  }

  @Test
  void saysWhatToTryWhereNothingListens() throws IOException {
    String host = "127.0.0.1:" + Ports.free();
    assertEquals(ExitCodes.FAILED, modbus("scan", "--host", host), this::said);
    says(host + " cannot be asked: Connection refused");
    says("Modbus TCP is usually port 502");
  }

  @Test
  void saysWhatToTryWhereAllSessionsAreTaken() throws IOException {
    line =
        SlaveLine.listen(Framing.TCP, "127.0.0.1", 0, units("1"), LineHabits.EASY.withSessions(1));
    try (var other = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
      other.getOutputStream().write(new byte[] {0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1});
      assertEquals(11, other.getInputStream().readNBytes(11).length);
      assertEquals(ExitCodes.FAILED, modbus("scan", "--host", host()), this::said);
    }
    says("cannot be asked: ");
    says("another master may have all of its sessions");
  }

  @Test
  void isNotMisledByALineThatEndsConnections() throws IOException {
    line =
        SlaveLine.listen(
            Framing.TCP, "127.0.0.1", 0, units("1-6"), LineHabits.EASY.withCloseAfter(1));
    assertEquals(
        ExitCodes.DONE,
        modbus("scan", "--host", host(), "--units", "1-6", "--timeout", "3s"),
        this::said);
    says("6 of 6 units answer");
  }

  @Test
  void showsEveryTypeAndOrderAndMarksWhatIsPlausible() throws IOException {
    patients("7:swapped");
    int code = modbus("read", "--host", host(), "--unit", "7", "--address", "4", "--count", "6");
    assertEquals(ExitCodes.DONE, code, this::said);
    String value = Float.toString(FloatMemory.at(7, 2, NOW));
    String marked =
        said().lines().filter(row -> row.contains(value + "*")).findFirst().orElse("none");
    assertTrue(marked.strip().startsWith("4 "), marked);
    says("looks like float32 CDAB: 3 of 3 values from 4 are plausible (*)");
    says("address   hex   uint16    int16  text");
    says("float64");
  }

  @Test
  void writesTheConfigurationOfWhatIsChosenAndItReads() throws IOException {
    patients("7:swapped");
    int code =
        modbus(
            "read",
            "--host",
            host(),
            "--unit",
            "7",
            "--count",
            "4",
            "--choose",
            "float32:CDAB",
            "--choose",
            "uint16@1");
    assertEquals(ExitCodes.DONE, code, this::said);
    String yaml = said().substring(said().indexOf("modbus:"));
    Path config = Files.writeString(folder.resolve("g.yaml"), "edge: pi-7\n" + yaml);
    out.getBuffer().setLength(0);

    assertEquals(ExitCodes.DONE, gateway("--config", config.toString(), "--test"), this::said);
    says("unit-7, unit 7");
    for (int point = 0; point < 2; point++) {
      String value = Double.toString(FloatMemory.at(7, point, NOW));
      says("unit-7/holding-" + 2 * point + " ".repeat(40 - 16) + " " + value);
    }
    says("3 of 3 points read");
    assertFalse(Files.exists(folder.resolve("data")), "a test makes nothing");
  }

  @Test
  void readsBits() throws IOException, RefusedException {
    var memory = TableMemory.usual();
    memory.put(Table.DISCRETE, 17, true);
    line = SlaveLine.listen(Framing.TCP, List.of(new SlaveUnit(1, memory)));
    int code =
        modbus(
            "read",
            "--host",
            host(),
            "--table",
            "discrete",
            "--address",
            "10",
            "--count",
            "20",
            "--choose",
            "bool@17");
    assertEquals(ExitCodes.DONE, code, this::said);
    says("     10  0000 0001 0000 0000");
    says("     26  0000");
    says("discrete-17: { table: discrete, address: 17 } # now true");
  }

  @Test
  void readsForPrograms() throws IOException {
    patients("1");
    assertEquals(
        ExitCodes.DONE,
        modbus("read", "--host", host(), "--count", "2", "--choose", "float32", "--json"),
        this::said);
    JsonNode read = json();
    assertEquals(2, read.get("registers").size());
    assertEquals("float32", read.get("guesses").get(0).get("type").asText());
    assertEquals("ABCD", read.get("guesses").get(0).get("order").asText());
    JsonNode value = read.get("values").get(4);
    assertEquals("float32", value.get("type").asText());
    assertEquals(Float.toString(FloatMemory.at(1, 0, NOW)), value.get("text").asText());
    assertTrue(value.get("plausible").asBoolean());
    assertTrue(read.get("yaml").asText().contains("type: float32"));
  }

  @Test
  void saysWhatARefusalMeans() throws IOException {
    patients("1:size=50", "2:dead");
    assertEquals(ExitCodes.FAILED, modbus("read", "--host", host(), "--address", "60"), this::said);
    complains("holding 60 to 67: exception 2 (no such address)");
    complains("scan --units 1 --tables");
    assertEquals(
        ExitCodes.FAILED,
        modbus("read", "--host", host(), "--unit", "2", "--timeout", "100ms"),
        this::said);
    complains("no answer in time");
  }

  @Test
  void refusesWrongUseBeforeItAsks() {
    assertEquals(ExitCodes.WRONG_USE, modbus("scan"));
    complains("name either --host or --serial");
    assertEquals(ExitCodes.WRONG_USE, modbus("scan", "--host", "a", "--units", "300"));
    complains("are no unit ids");
    assertEquals(ExitCodes.WRONG_USE, modbus("read", "--host", "a", "--count", "126"));
    complains("--count is 1 to 125");
    assertEquals(
        ExitCodes.WRONG_USE,
        modbus("read", "--host", "a", "--choose", "float32@7", "--count", "8"));
    complains("float32 at 7 is not in 0 to 7");
    assertEquals(ExitCodes.WRONG_USE, modbus("plan", "--set", "edge=e"));
    complains("no Modbus devices");
    assertEquals(ExitCodes.WRONG_USE, gateway("--set", "edge=e", "--test"));
    complains("no Modbus devices");
  }

  @Test
  void plansAndMeasures() throws IOException {
    patients("1:slow=450ms", "2:slow=450ms");
    Path config =
        Files.writeString(
            folder.resolve("g.yaml"),
            """
            edge: pi-7
            modbus:
              connections:
                net: { tcp: "%s", timeout: 5s }
                bus: { rtuOverTcp: "127.0.0.1:1", baud: 1200 }
              devices:
                a: { connection: net, unitId: 1, interval: 500ms, points: { x: { address: 0 } } }
                b: { connection: net, unitId: 2, interval: 500ms, points: { x: { address: 0 } } }
                c: { connection: bus, unitId: 3, interval: 1s, points: { x: { address: 0 } } }
            """
                .formatted(host()));
    assertEquals(ExitCodes.DONE, modbus("plan", "--config", config.toString()), this::said);
    says("needs 20 ms of a 500ms cycle (4.0 %)");
    says("rtu 127.0.0.1:1, 1200 baud of 11 bits a character, a device thinks 10 ms");
    out.getBuffer().setLength(0);

    int code =
        modbus("plan", "--config", config.toString(), "--measure", "--round-trip", "1ms", "--json");
    assertEquals(ExitCodes.FAILED, code, this::said);
    complains("line bus: nobody answers, so 10 ms is taken");
    JsonNode net = json().get("lines").get(0);
    assertTrue(net.get("overbooked").asBoolean(), net::toString);
    assertTrue(net.get("millis").asDouble() >= 900, net::toString);
    // Right for answers that take up to 800 ms.
    assertTrue(net.get("advice").get(0).asText().startsWith("interval: 2s"), net::toString);
  }

  @Test
  void readsAWholeFieldAsItsLayoutSays() throws IOException {
    List<SlaveUnit> field = units("1-50", "7:swapped", "9:max=20/2");
    line = SlaveLine.listen(Framing.TCP, field);
    Path config =
        Files.writeString(
            folder.resolve("g.yaml"), "edge: pi-7\n" + FieldLayout.yaml(host(), field, 50));
    // A request that is asked again counts twice.
    assertEquals(
        ExitCodes.DONE,
        gateway(
            "--config",
            config.toString(),
            "--test",
            "--set",
            "modbus.connections.field.timeout=5s"),
        this::said);
    says("2500 of 2500 points read");
    says("unit-7/p49 " + " ".repeat(30) + Double.toString(FloatMemory.at(7, 49, NOW)));
    assertEquals(49 + 5, line.requests());
  }

  @Test
  void testsOnceAndNamesWhatFailed() throws IOException {
    patients("1", "2:exception=4", "3:dead");
    Path config =
        Files.writeString(
            folder.resolve("g.yaml"),
            """
            edge: pi-7
            modbus:
              connections:
                net: { tcp: "%s", timeout: 3s, retries: 0 }
              devices:
                a: { connection: net, unitId: 1, points: { x: { address: 2, type: float32 } } }
                b: { connection: net, unitId: 2, points: { x: { address: 0 } } }
                c: { connection: net, unitId: 3, points: { x: { address: 0 } } }
            """
                .formatted(host()));
    assertEquals(ExitCodes.FAILED, gateway("--config", config.toString(), "--test"), this::said);
    says("a/x " + " ".repeat(37) + Double.toString(FloatMemory.at(1, 1, NOW)));
    says("holding 0: exception 4 (device failure)");
    says("holding 0: no answer in time");
    says("1 of 3 points read; 2 requests failed");
  }

  private void patients(String... specs) throws IOException {
    line = SlaveLine.listen(Framing.TCP, units(specs));
  }

  private static List<SlaveUnit> units(String... specs) {
    return SlaveField.of(Stream.of(specs).map(UnitSpec::parse).toList(), 50, () -> NOW);
  }

  private String host() {
    return "127.0.0.1:" + (line == null ? 0 : line.port());
  }

  private int modbus(String... arguments) {
    return run(new ModbusCommand(), arguments);
  }

  private int gateway(String... arguments) {
    return run(new Gateway(), arguments);
  }

  private int run(Object command, String... arguments) {
    return CommandRunner.line(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private String said() {
    return out + err.toString();
  }

  private void says(String words) {
    assertTrue(out.toString().contains(words), () -> "not '" + words + "' but\n" + said());
  }

  private void complains(String words) {
    assertTrue(err.toString().contains(words), () -> "not '" + words + "' but\n" + said());
  }
}
