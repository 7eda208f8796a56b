package io.edgeflow.gateway.site.mandate;

import java.util.List;

/**
 * The mandate that a hub holds, for people.
 *
 * @param phase {@code held}, {@code done}, {@code back} or {@code void}
 * @param why it is in that phase; empty while it is held
 * @param alone whether the cloud is away for long enough, so that the hub decides
 * @param begun waves that began, as far as the hub had to know
 * @param leftMillis until no further wave may begin; 0 if that is over. An abort at the cloud
 *     reaches a site that is cut off only then
 * @param waitsFor who must prove itself before the next wave
 */
public record SiteStatus(
    String rollout,
    String mandate,
    String phase,
    String why,
    boolean alone,
    int begun,
    int waves,
    long leftMillis,
    List<String> waitsFor,
    List<String> failed) {
  public SiteStatus {
    waitsFor = List.copyOf(waitsFor);
    failed = List.copyOf(failed);
  }
}
