package io.edgeflow.gateway.syncnode;

import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the service must remember, noted before each step. Versions are named by their folders.
 *
 * @param good the last that proved itself; empty if there is none
 * @param proven all that did and are still on the disk, the newest first
 * @param versions what is known of those on the disk
 * @param floor the highest number of a bundle that proved itself (rule R3)
 * @param keys the highest number of a key document that was seen (rule R5)
 * @param failed in the order in which they did
 * @param attempt what is going on
 * @param last what came of the last request
 */
record Notes(
    @Range(min = "1", max = "1") int schema,
    String good,
    List<String> proven,
    Map<String, Known> versions,
    long floor,
    int keys,
    Map<String, Failure> failed,
    Optional<Attempt> attempt,
    Optional<Report.Progress> last) {
  static final int SCHEMA = 1;
  private static final int MAX_VALUES = 5000;

  /**
   * @param version what the program says of itself; empty if that is not known
   * @param number of its bundle; 0 if it has none
   */
  record Known(String version, long number) {}

  /**
   * @param request in which it failed
   */
  record Failure(String request, String why) {}

  /**
   * @param name of the version
   * @param digest as it was asked for
   * @param request who asked for it; empty if nobody did
   * @param starts of the service while this went on
   * @param why it goes back; empty if it does not
   */
  record Attempt(
      String name,
      String digest,
      String version,
      String request,
      String folder,
      Duration soak,
      Step step,
      int starts,
      String why,
      long sinceMillis) {
    Attempt to(Step next, String reason, long nowMillis) {
      return new Attempt(
          name, digest, version, request, folder, soak, next, starts, reason, nowMillis);
    }

    Attempt startedAgain() {
      return new Attempt(
          name, digest, version, request, folder, soak, step, starts + 1, why, sinceMillis);
    }

    Attempt askedBy(Request asked) {
      return new Attempt(
          name,
          digest,
          version,
          asked.request(),
          folder,
          asked.soak(),
          step,
          starts,
          why,
          sinceMillis);
    }

    Report.Progress progress(Phase phase, String detail, long nowMillis) {
      return new Report.Progress(request, digest, version, phase, detail, nowMillis);
    }
  }

  Notes {
    proven = List.copyOf(proven);
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
  }

  static Notes none() {
    return of("");
  }

  /** Of a machine that has a version already. */
  static Notes of(String good) {
    return new Notes(
        SCHEMA,
        good,
        good.isEmpty() ? List.of() : List.of(good),
        Map.of(),
        0,
        0,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  static Document<Notes> read(byte[] json) {
    return Documents.read(Notes.class, json, "notes.json", MAX_VALUES);
  }

  String text() {
    return Documents.write(this);
  }

  Notes with(Attempt next) {
    return with(Optional.of(next), last);
  }

  /** Nothing goes on any more. */
  Notes ended(Optional<Report.Progress> outcome) {
    return with(Optional.empty(), outcome);
  }

  private Notes with(Optional<Attempt> now, Optional<Report.Progress> outcome) {
    return new Notes(schema, good, proven, versions, floor, keys, failed, now, outcome);
  }

  Notes knows(String name, Known version, int newestKeys) {
    Map<String, Known> more = new TreeMap<>(versions);
    more.put(name, version);
    return new Notes(
        schema, good, proven, more, floor, Math.max(keys, newestKeys), failed, attempt, last);
  }

  Notes failed(String name, Failure failure) {
    Map<String, Failure> more = new LinkedHashMap<>(failed);
    more.remove(name);
    more.put(name, failure);
    while (more.size() > Report.MOST_FAILED) {
      more.remove(more.keySet().iterator().next());
    }
    return new Notes(schema, good, proven, versions, floor, keys, more, attempt, last);
  }

  Notes forgiven(String name) {
    Map<String, Failure> fewer = new LinkedHashMap<>(failed);
    fewer.remove(name);
    return new Notes(schema, good, proven, versions, floor, keys, fewer, attempt, last);
  }

  /**
   * That one is the good one now.
   *
   * @param keep how many before it stay on the disk
   */
  Notes proved(String name, int keep) {
    List<String> all = new ArrayList<>(proven);
    all.remove(name);
    all.addFirst(name);
    List<String> kept =
        all.stream()
            .filter(one -> all.indexOf(one) <= keep || one.equals(VersionStore.FACTORY))
            .toList();
    Map<String, Known> known = new TreeMap<>(versions);
    known.keySet().retainAll(kept);
    long number = Optional.ofNullable(versions.get(name)).map(Known::number).orElse(0L);
    return new Notes(
        schema, name, kept, known, Math.max(floor, number), keys, failed, attempt, last);
  }

  /** Empty if that is not known. */
  String version(String name) {
    return Optional.ofNullable(versions.get(name)).map(Known::version).orElse("");
  }
}
