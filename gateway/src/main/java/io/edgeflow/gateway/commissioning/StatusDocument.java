package io.edgeflow.gateway.commissioning;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** The status with what is missing for readiness beside it. */
record StatusDocument(boolean ready, List<String> missing, @JsonUnwrapped Status status) {
  static StatusDocument of(Status status, List<String> missing) {
    return new StatusDocument(missing.isEmpty(), missing, status);
  }
}
