package io.edgeflow.gateway.backlog;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids that rise, so that they tell the order of files, and whose lower half is random, so that none
 * comes a second time when a start does not know the highest one any more.
 */
final class FileIds {
  private static final int RANDOM_BITS = 31;

  private static final long MOST = 1L << 62;

  private final SecureRandom random = new SecureRandom();
  private final AtomicLong highest = new AtomicLong();

  /** This id was given before. One that no backlog would reach is a stranger's. */
  void taken(long id) {
    if (id <= MOST) {
      highest.accumulateAndGet(id, Math::max);
    }
  }

  long next() {
    long sequence = (highest.get() >>> RANDOM_BITS) + 1;
    long lower = random.nextLong(1L << RANDOM_BITS);
    long id = (sequence << RANDOM_BITS) | lower;
    taken(id);
    return id;
  }
}
