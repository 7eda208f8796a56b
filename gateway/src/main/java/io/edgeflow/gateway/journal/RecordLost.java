package io.edgeflow.gateway.journal;

import java.io.IOException;

/**
 * The bytes of a record are gone for certain: its segment was deleted, or what lies at its place is
 * damaged. No later attempt will find them at this place; another record of the same content may
 * lie elsewhere. Any other {@link IOException} of a read may be a fault of the moment.
 */
public final class RecordLost extends IOException {
  RecordLost(String message) {
    super(message);
  }
}
