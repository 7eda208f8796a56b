package io.edgeflow.cloud.files;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;

/**
 * A page of an export, as a cloud answers it, in the form of a file.
 *
 * @param text for the file
 * @param rows how many it has
 */
public record ExportPage(String text, long rows) {
  /**
   * @param first whether the file begins with it
   * @param line whether the file is in line protocol, else in CSV
   */
  public static ExportPage of(String page, boolean first, boolean line) throws IOException {
    var lines = new StringBuilder();
    long rows = -1;
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(page)) {
      var columns = CsvText.WINDOWS;
      for (CsvRecord row : reader) {
        if (rows++ < 0) {
          columns = row.getFields();
        } else if (line) {
          lines.append(LineText.of(columns, row.getFields()));
        }
      }
    }
    int body = page.indexOf('\n') + 1;
    return new ExportPage(line ? lines.toString() : first ? page : page.substring(body), rows);
  }
}
