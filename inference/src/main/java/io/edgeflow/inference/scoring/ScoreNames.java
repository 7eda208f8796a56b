package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Output;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What scores are called: {@code <subject>/<slot>.score}, or {@code <subject>/<slot>.<output>}
 * where a model has several outputs. The subject is the device, or the series where each is scored
 * on its own.
 */
public final class ScoreNames {
  private static final Pattern SLOT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final String ONLY = "score";

  private ScoreNames() {}

  /** Whether a slot may be called so: up to 32 of {@code a-z 0-9 _ -}. */
  public static boolean isSlot(String name) {
    return SLOT.matcher(name).matches();
  }

  /** In the order of the outputs. */
  static List<String> of(String subject, String slot, Manifest manifest) {
    List<Output> outputs = manifest.outputs();
    return outputs.size() == 1
        ? List.of(subject + "/" + slot + "." + ONLY)
        : outputs.stream().map(output -> subject + "/" + slot + "." + output.name()).toList();
  }

  /** Whether they can be series: a name that is as long as a series' may be leaves no room. */
  static boolean valid(List<String> names) {
    return names.stream().allMatch(name -> SeriesName.fault(name) == null);
  }

  /** Whether a series is one that one of these slots writes, which is scored by none. */
  public static boolean isScore(String series, Collection<String> slots) {
    String last = series.substring(series.lastIndexOf('/') + 1);
    int dot = last.indexOf('.');
    return dot > 0 && slots.contains(last.substring(0, dot));
  }
}
