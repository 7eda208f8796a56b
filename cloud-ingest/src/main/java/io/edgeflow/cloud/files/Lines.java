package io.edgeflow.cloud.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, as UTF-8, with their numbers. Lines can be looked at before they are taken.
 * A line of any length takes no more memory than the longest that is allowed. Not thread-safe.
 */
public final class Lines implements AutoCloseable {
  static final int LONGEST = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * @param number the first is 1
   * @param whole whether it is not longer than is allowed; else its text is the beginning
   */
  record Line(long number, String text, boolean whole) {}

  private final Reader reader;
  private final char[] buffer = new char[1 << 16];
  private final Deque<Line> ahead = new ArrayDeque<>();
  private int at;
  private int filled;
  private long number;

  public Lines(InputStream bytes) {
    // Malformed bytes become replacement characters, and so a fault of their own line.
    this.reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
  }

  /** Null behind the last one. */
  @Nullable Line next() throws IOException {
    Line first = ahead.poll();
    return first != null ? first : read();
  }

  /** The next ones without taking them, so many at most. */
  List<Line> peek(int most) throws IOException {
    while (ahead.size() < most) {
      Line line = read();
      if (line == null) {
        break;
      }
      ahead.add(line);
    }
    return new ArrayList<>(ahead).subList(0, Math.min(most, ahead.size()));
  }

  private @Nullable Line read() throws IOException {
    StringBuilder text = null;
    long length = 0;
    while (at < filled || fill()) {
      int end = at;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      length += end - at;
      boolean ends = end < filled;
      if (ends && text == null && length <= LONGEST) {
        Line line = line(new String(buffer, at, end - at), true);
        at = end + 1;
        return line;
      }
      text = text == null ? new StringBuilder() : text;
      text.append(buffer, at, Math.min(end - at, LONGEST - text.length()));
      at = ends ? end + 1 : end;
      if (ends) {
        return line(text.toString(), length <= LONGEST);
      }
    }
    return text == null ? null : line(text.toString(), length <= LONGEST);
  }

  private Line line(String text, boolean whole) {
    String bare = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    if (number == 0 && !bare.isEmpty() && bare.charAt(0) == BYTE_ORDER_MARK) {
      bare = bare.substring(1);
    }
    return new Line(++number, bare, whole);
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, reader.read(buffer));
    return filled > 0;
  }

  /** How many lines were read. */
  public long count() {
    return number - ahead.size();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
