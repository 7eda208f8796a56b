package io.edgeflow.gateway.modbus;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts requests by device and outcome, and readings by fate. Any thread. */
public final class ModbusCounters {
  /** How a request ended; the words are the values of the metric's {@code outcome} label. */
  public enum Outcome {
    OK("ok"),
    EXCEPTION("exception"),
    WRONG_COUNT("wrong-count"),
    WRONG_ANSWER("wrong-answer"),
    TIMED_OUT("timeout"),
    UNREACHABLE("unreachable");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** One line of {@code edgeflow_modbus_requests_total}. */
  public record Requests(String device, Outcome outcome, long count) {}

  private final Map<String, Map<Outcome, LongAdder>> requests;
  private final Map<String, Map<Integer, LongAdder>> exceptions;
  private final LongAdder offered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder faulty = new LongAdder();

  /**
   * @param devices the names of all devices that will be counted
   */
  public ModbusCounters(Collection<String> devices) {
    requests = devices.stream().collect(Collectors.toUnmodifiableMap(d -> d, d -> zeros()));
    exceptions =
        devices.stream()
            .collect(Collectors.toUnmodifiableMap(d -> d, d -> new ConcurrentHashMap<>()));
  }

  private static Map<Outcome, LongAdder> zeros() {
    Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
    return counts;
  }

  void exception(String device, int code) {
    exceptions
        .getOrDefault(device, Map.of())
        .computeIfAbsent(code, c -> new LongAdder())
        .increment();
  }

  /** How often each exception code came from a device, by code. */
  public SortedMap<Integer, Long> exceptions(String device) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    exceptions.getOrDefault(device, Map.of()).forEach((code, n) -> counts.put(code, n.sum()));
    return counts;
  }

  void count(String device, Outcome outcome) {
    adder(device, outcome).increment();
  }

  void offered(int readings) {
    offered.add(readings);
  }

  void refused(int readings) {
    refused.add(readings);
  }

  void faulty() {
    faulty.increment();
  }

  public long requests(String device, Outcome outcome) {
    return adder(device, outcome).sum();
  }

  /** Every device with every outcome, zeros included. */
  public List<Requests> requests() {
    return requests.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            device ->
                device.getValue().entrySet().stream()
                    .map(o -> new Requests(device.getKey(), o.getKey(), o.getValue().sum())))
        .toList();
  }

  /** Readings that were taken by the gateway. */
  public long offeredReadings() {
    return offered.sum();
  }

  /** Readings for which the gateway had no room (part of {@code refused} in A6). */
  public long refusedReadings() {
    return refused.sum();
  }

  /** Values that were no numbers, of which no reading was made. */
  public long faultyValues() {
    return faulty.sum();
  }

  private LongAdder adder(String device, Outcome outcome) {
    Map<Outcome, LongAdder> counts = requests.get(device);
    if (counts == null) {
      throw new IllegalStateException("no Modbus device " + device);
    }
    return counts.computeIfAbsent(outcome, o -> new LongAdder());
  }
}
