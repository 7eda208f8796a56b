package io.edgeflow.wire.payload;

import static io.edgeflow.wire.payload.Readout.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineReaderTest {
  private static final String TOPIC = "influx/anything";

  @Test
  void makesASeriesOfEachField() {
    assertEquals(
        List.of(
            "cpu/pi-7/idle=97.5 @1763672400000000",
            "cpu/pi-7/on=true @1763672400000000",
            "cpu/pi-7/state=\"a \"b\"\" @1763672400000000",
            "cpu/pi-7/steps=12.0 @1763672400000000",
            "cpu/pi-7/total=3.0 @1763672400000000"),
        readout("<point>")
            .read(
                TOPIC,
                "cpu,host=pi-7 idle=97.5,steps=12i,total=3u,on=t,state=\"a \\\"b\\\"\""
                    + " 1763672400000000000"));
  }

  @Test
  void namesSeriesByMeasurementTagsAndFields() {
    assertEquals(
        List.of("pi-7.cpu/idle=1.0", "pi 8.cpu/idle=2.0"),
        readout("<host>.<measurement>/<field>")
            .read(TOPIC, "# two lines\ncpu,host=pi-7 idle=1\r\n\ncpu,host=pi\\ 8 idle=2\n"));
  }

  @Test
  void takesOnlyTheFieldsThatAreNamed() {
    assertEquals(
        List.of("pi-7/free=1.0"),
        readout("<host>/<point>", at("free", "idle")).read(TOPIC, "cpu,host=pi-7 idle=1,user=2"));
  }

  @Test
  void leavesTheFieldOutThatIsJustTheValue() {
    assertEquals(
        List.of("flow/pump-7=21.5"), readout("<point>").read(TOPIC, "flow,d=pump-7 value=21.5"));
  }

  @Test
  void readsTheTimeInItsPrecision() {
    Form form = new Form.Influx(List.of(), PointPolicy.NONE, StampRule.of("ms", ZoneId.of("UTC")));
    assertEquals(
        List.of("a/b=1.0 @1763672400123000"),
        new Readout("influx/#", "<point>", form).read(TOPIC, "a b=1 1763672400123"));
  }

  @Test
  void letsABadLineCostOnlyItself() {
    assertEquals(
        List.of(
            "a/b=1.0",
            ": UNPARSEABLE line 2: not line protocol: there are no fields",
            "a/c: NOT_A_NUMBER neither a number nor a truth; a text is written in double quotes",
            "a/d: BAD_STAMP the time cannot be read as the mapping's time.format",
            "a/e=2.0"),
        readout("<point>").read(TOPIC, "a b=1\na\na c=word\na d=1 noon\na e=2"));
  }

  /** Who writes the text of a log must not write readings beside it. */
  @Test
  void takesNothingOutOfTheLinesOfAText() {
    assertEquals(
        List.of("log/msg=\"he said \"x\"\nflow,d=pump-7 value=999\n# end\"", "a/b=1.0", "a/c=2.0"),
        readout("<point>")
            .read(
                TOPIC,
                """
                log msg="he said \\"x\\"
                flow,d=pump-7 value=999
                # end"
                 a b=1
                #"
                a c=2\
                """));
    assertEquals(
        List.of("x/b=1.0", "x/c=\"x\"", "x/d=2.0"),
        readout("x/<field>").read(TOPIC, "a\" b=1\na c=\"x\"\na d=2"));
    assertEquals(
        List.of(
            "a/b: NOT_A_NUMBER neither a number nor a truth; a text is written in double quotes",
            "a/c=1.0"),
        readout("<point>").read(TOPIC, "a b=x=\"\na c=1"));
    assertEquals(
        List.of(
            "a/b=1.0",
            ": UNPARSEABLE line 2: not line protocol: the text of field 'm' is not closed"),
        readout("<point>").read(TOPIC, "a b=1\na m=\"open\nflow,d=pump-7 value=999"));
  }

  @Test
  void saysWhichTagIsMissing() {
    assertEquals(
        List.of("a/b: BAD_SERIES_NAME the line has no tag host"),
        readout("<host>/<field>").read(TOPIC, "a b=1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "a,b c=1", "{\"a\":1}", "#only a comment", "a b=\"open"})
  void rejectsWhatIsNoLine(String payload) {
    assertEquals(PayloadFault.UNPARSEABLE, readout("<point>").parse(TOPIC, payload).reason());
  }

  @Test
  void boundsWhatAMessageMayCost() {
    assertEquals(
        PayloadFault.TOO_MANY_VALUES,
        readout("<point>").parse(TOPIC, "a b=1\n".repeat(10_001)).reason());
    assertEquals(
        PayloadFault.TOO_MANY_VALUES,
        readout("<point>").parse(TOPIC, "a\n".repeat(10_002)).reason());
  }

  /** Each of ten thousand fields would be called by all of the tags: nobody writes that out. */
  @Test
  void givesUpANameThatIsTooLong() {
    String tags = "x".repeat(100_000);
    for (String series : List.of("<point>", "<host>/<field>", "<measurement>/<point>")) {
      List<String> read = readout(series).read(TOPIC, "a,host=" + tags + " b=1,value=2");
      assertEquals(2, read.size());
      assertTrue(read.getFirst().contains("BAD_SERIES_NAME"), read::getFirst);
      assertTrue(read.getFirst().length() < 1_000, read::getFirst);
    }
  }

  @Test
  void rejectsBytesThatAreNoText() {
    assertEquals(
        PayloadFault.UNPARSEABLE,
        readout("<point>").parse(TOPIC, new byte[] {'a', ' ', 'b', '=', (byte) 0xC3}).reason());
  }

  @Test
  void neverThrowsWhateverComes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Readout readout = readout("<h>/<point>");
    String alphabet = "ab,,==  \n\"\"\\1.5itu#é\u0000";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder payload = new StringBuilder(random.nextBoolean() ? "a,h=b c=" : "");
      for (int n = random.nextInt(30); n > 0; n--) {
        payload.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        readout.read(TOPIC, payload.toString());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " payload " + payload, e);
      }
    }
  }

  private static Readout readout(String series, Point... points) {
    return new Readout(
        "influx/#",
        series,
        new Form.Influx(List.of(points), PointPolicy.NONE, StampRule.of("ns", ZoneId.of("UTC"))));
  }
}
