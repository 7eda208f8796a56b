package io.edgeflow.cloud.ledger;

/**
 * Numbers of one lane that share a fate and the reason for it.
 *
 * @param numbers owned by the account that holds the entry
 * @param readings that these frames carry together
 */
public record FateEntry(Key key, Numbers numbers, long readings) {
  /**
   * @param reason a word of a fixed vocabulary, so that there are few entries
   */
  public record Key(CloudFate fate, String reason) {}

  FateEntry plus(Numbers more, long moreReadings) {
    Numbers all = numbers.copy();
    all.addAll(more);
    return new FateEntry(key, all, readings + moreReadings);
  }

  /** Without some numbers, which carried so many of the readings as far as is known. */
  FateEntry minus(Numbers fewer, long theirReadings) {
    Numbers rest = numbers.copy();
    rest.removeAll(fewer);
    return new FateEntry(key, rest, rest.isEmpty() ? 0 : Math.max(0, readings - theirReadings));
  }

  /** The readings of some of these numbers: exact for all of them, in proportion for a part. */
  long share(Numbers some) {
    long mine = numbers.size();
    return some.size() == mine ? readings : Math.round((double) readings * some.size() / mine);
  }
}
