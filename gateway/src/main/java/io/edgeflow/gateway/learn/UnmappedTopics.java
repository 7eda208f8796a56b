package io.edgeflow.gateway.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Topics that somebody publishes to and no mapping takes, with a sample of each. At most {@value
 * #MOST}: the one that was silent for longest makes room. Thread-safe; a note costs a copy of
 * {@value #SAMPLE_BYTES} bytes at most.
 */
public final class UnmappedTopics {
  /** How many topics are remembered. */
  public static final int MOST = 200;

  /** How much of a payload is. */
  public static final int SAMPLE_BYTES = 256;

  private static final int LONGEST_TOPIC = 512;

  /** One of them. */
  public static final class Topic {
    private final String topic;
    private final long messages;
    private final long lastMicros;
    private final byte[] sample;
    private final int bytes;

    private Topic(String topic, long messages, long lastMicros, byte[] sample, int bytes) {
      this.topic = topic;
      this.messages = messages;
      this.lastMicros = lastMicros;
      this.sample = sample;
      this.bytes = bytes;
    }

    public String topic() {
      return topic;
    }

    /** How many came since it was noticed first. */
    public long messages() {
      return messages;
    }

    /** When the last one came, microseconds since the epoch. */
    public long lastMicros() {
      return lastMicros;
    }

    /** The beginning of the last payload. Not a copy: not to be changed. */
    public byte[] sample() {
      return sample;
    }

    /** Of the whole payload. */
    public int bytes() {
      return bytes;
    }

    /** Whether the sample is all of the payload. */
    public boolean whole() {
      return sample.length == bytes;
    }
  }

  private final LongSupplier presentMicros;
  private final Map<String, Topic> topics = new LinkedHashMap<>(16, 0.75f, true);
  private long forgotten;

  public UnmappedTopics(LongSupplier presentMicros) {
    this.presentMicros = presentMicros;
  }

  /** What the gateway publishes itself, and topics of no sensible length, are left out. */
  public void note(String topic, byte[] payload) {
    if (topic.startsWith("modbus/") || topic.length() > LONGEST_TOPIC) {
      return;
    }
    byte[] sample = Arrays.copyOf(payload, Math.min(payload.length, SAMPLE_BYTES));
    synchronized (topics) {
      Topic known = topics.get(topic);
      long messages = known == null ? 1 : known.messages() + 1;
      topics.put(
          topic, new Topic(topic, messages, presentMicros.getAsLong(), sample, payload.length));
      if (topics.size() > MOST) {
        topics.remove(topics.keySet().iterator().next());
        forgotten++;
      }
    }
  }

  /** The one that was heard of last comes first. */
  public List<Topic> topics() {
    synchronized (topics) {
      return new ArrayList<>(topics.values()).reversed();
    }
  }

  /** How many made room for others. */
  public long forgotten() {
    synchronized (topics) {
      return forgotten;
    }
  }
}
