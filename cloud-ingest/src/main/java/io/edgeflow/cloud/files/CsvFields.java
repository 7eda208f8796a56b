package io.edgeflow.cloud.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cuts lines into fields. A quote that is not closed costs its own line only. */
final class CsvFields {
  /** A field in quotes may go on over so many lines. */
  private static final int MOST_LINES = 100;

  private final char separator;

  CsvFields(char separator) {
    this.separator = separator;
  }

  /** The separator that the line has most of. */
  static char guess(String line) {
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(line, candidate) > count(line, best)) {
        best = candidate;
      }
    }
    return best;
  }

  /**
   * @param lines where the rest is, if a field goes on behind the line
   * @param expected how many fields there must be; 0 for any
   */
  List<String> split(Lines.Line line, Lines lines, int expected) throws BadLine, IOException {
    if (!line.whole()) {
      throw new BadLine("the line is longer than " + Lines.LONGEST + " characters");
    }
    String text = line.text();
    if (text.indexOf('"') < 0) {
      return checked(plain(text), expected);
    }
    if (count(text, '"') % 2 == 0) {
      return checked(quoted(text), expected);
    }
    var all = new StringBuilder(text);
    int more = 0;
    for (Lines.Line next : lines.peek(MOST_LINES)) {
      all.append('\n').append(next.text());
      more++;
      if (count(next.text(), '"') % 2 != 0) {
        List<String> fields = checked(quoted(all.toString()), expected);
        for (int i = 0; i < more; i++) {
          lines.next();
        }
        return fields;
      }
    }
    throw new BadLine("a quote is not closed");
  }

  private List<String> plain(String text) {
    List<String> fields = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      fields.add(text.substring(from, at));
      from = at + 1;
    }
    fields.add(text.substring(from));
    return fields;
  }

  private List<String> quoted(String text) throws BadLine {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().fieldSeparator(separator).ofCsvRecord(text)) {
      var records = reader.iterator();
      List<String> fields = records.hasNext() ? records.next().getFields() : List.of();
      if (records.hasNext()) {
        throw new BadLine("a quote is not closed");
      }
      return fields;
    } catch (CsvParseException | IOException broken) {
      throw new BadLine("its quotes are not in order");
    }
  }

  private static List<String> checked(List<String> fields, int expected) throws BadLine {
    if (expected > 0 && fields.size() != expected) {
      throw new BadLine(
          "it has %d fields, the first line has %d".formatted(fields.size(), expected));
    }
    return fields;
  }

  private static int count(String text, char c) {
    int count = 0;
    for (int at = text.indexOf(c); at >= 0; at = text.indexOf(c, at + 1)) {
      count++;
    }
    return count;
  }
}
