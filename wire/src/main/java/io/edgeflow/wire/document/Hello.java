package io.edgeflow.wire.document;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One page of what an edge says when it connects (L3).
 *
 * @param connection names the connection, as presence does
 * @param frameVersions of the frame format that the edge can write
 * @param page counts from 1 to {@code pages}
 */
public record Hello(
    String edge,
    String connection,
    String site,
    Map<String, String> labels,
    String timezone,
    String software,
    List<Integer> frameVersions,
    int page,
    int pages,
    List<HeldIncarnation> incarnations) {
  /** What {@link #paged} keeps each page under, in bytes. */
  public static final int PAGE_BYTES = 64 * 1024;

  public Hello {
    if (page < 1 || pages < page) {
      throw new IllegalArgumentException("not a page: " + page + " of " + pages);
    }
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    frameVersions = List.copyOf(frameVersions);
    incarnations = List.copyOf(incarnations);
  }

  /**
   * The same account on as many pages as it takes to keep each below {@link #PAGE_BYTES}. An
   * incarnation, and a lane of it, may continue on the next page.
   */
  public List<Hello> paged() {
    return HelloPages.split(this);
  }

  public byte[] toBytes() {
    return HelloJson.write(this);
  }

  /**
   * Reads one leniently: unknown fields are ignored. A fate of an unknown word is refused, because
   * an account that is read by half is a wrong account.
   */
  public static Parsed<Hello> parse(byte[] bytes) {
    return HelloJson.read(bytes);
  }
}
