package io.edgeflow.lab.slaves;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One unit: its memory, and how it behaves, which can change at any moment. Any thread. */
public final class SlaveUnit {
  private final int id;
  private final UnitMemory memory;
  private final AtomicLong requests = new AtomicLong();
  private volatile Personality personality = Personality.HEALTHY;

  /**
   * @param id 0..255
   */
  public SlaveUnit(int id, UnitMemory memory) {
    if (id < 0 || id > 255) {
      throw new IllegalArgumentException("a unit id is 0 to 255, not " + id);
    }
    this.id = id;
    this.memory = memory;
  }

  /** What it does with one request. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Reaction(Duration delay, Reply reply, byte[] answer) {}

  public int id() {
    return id;
  }

  public UnitMemory memory() {
    return memory;
  }

  public Personality personality() {
    return personality;
  }

  /** From the next request on. */
  public void become(Personality other) {
    personality = other;
  }

  /** Requests that reached it, answered or not. */
  public long requests() {
    return requests.get();
  }

  Reaction react(byte[] request) {
    long number = requests.incrementAndGet();
    Personality chosen = personality;
    Personality now = number % chosen.every() == 0 ? chosen : Personality.HEALTHY;
    byte[] answer = new UnitProtocol(memory, now).answer(request);
    return new Reaction(now.delay(), now.reply(), answer);
  }
}
