package io.edgeflow.gateway.setpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request, as its client is told.
 *
 * @param outcome {@code written}; {@code differs} if it reads back as something else; {@code
 *     refused} if nothing was tried; {@code failed} if it is not known to be written
 * @param value that was to be set; null if none could be read
 * @param readBack what the device holds now, as registers; empty if it was not asked
 * @param detail why, for a person; empty if all is well
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SetAnswer(
    String id, String outcome, @Nullable Double value, String readBack, String detail) {
  static final String WRITTEN = "written";
  static final String DIFFERS = "differs";
  static final String REFUSED = "refused";
  static final String FAILED = "failed";
}
