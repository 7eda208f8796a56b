package io.edgeflow.models.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.golden.GoldenReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvHistoryTest {
  @TempDir Path folder;

  @Test
  void readsColumnsByTheirNamesAndReadingsByTheirTimes() throws Exception {
    List<GoldenReading> read =
        read(
            """
            \uFEFFunit,Time,series,value,quality
            "l ""exact"", min",1763672401000,a/b,2.5,uncertain
            ,2025-11-20T22:00:00.000001+01:00,a/b,1,good

            ,1763672402000,a/b,,
            """);
    assertEquals(List.of(1.0, 2.5, Double.NaN), read.stream().map(GoldenReading::value).toList());
    assertEquals(
        List.of(1_763_672_400_000_001L, 1_763_672_401_000_000L, 1_763_672_402_000_000L),
        read.stream().map(GoldenReading::timeMicros).toList());
    assertEquals(
        List.of(Quality.GOOD, Quality.UNCERTAIN, Quality.BAD),
        read.stream().map(GoldenReading::quality).toList());
  }

  /** What is not looked at may hold what is no number: states and texts. */
  @Test
  void seriesThatAreNotWantedAreNotParsed() throws Exception {
    assertEquals(
        1, read("series,time,value\nx/mode,1763672400000,auto\na/b,1763672400000,1\n").size());
  }

  @Test
  void aFaultNamesItsLine() {
    assertFault(":1: needs the columns", "series;time;value\n");
    assertFault(":1: needs the columns", "");
    assertFault(":3: the value is no number", "series,time,value\na/b,1763672400000,1\na/b,1,x\n");
    assertFault(":2: the time must be", "series,time,value\na/b,noon,1\n");
    assertFault(":2: the time must be", "series,time,value\na/b\n");
    assertFault(":2: series name", "series,time,value\nlonely,1763672400000,1\n");
    assertFault(":2: the quality must be", "series,time,value,quality\na/b,1,1,fine\n");
  }

  private void assertFault(String words, String text) {
    CsvException fault = assertThrows(CsvException.class, () -> read(text));
    assertTrue(String.valueOf(fault.getMessage()).contains("h.csv" + words), fault::getMessage);
  }

  private List<GoldenReading> read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("h.csv"), text);
    return CsvHistory.read(file, name -> name.device().equals("a")).readings();
  }
}
