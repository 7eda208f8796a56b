/** The database: schema, the one writer, the ledger. */
@NullMarked
package io.edgeflow.cloud.store;

import org.jspecify.annotations.NullMarked;
