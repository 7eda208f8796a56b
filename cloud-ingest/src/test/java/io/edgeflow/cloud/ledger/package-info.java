@NullMarked
package io.edgeflow.cloud.ledger;

import org.jspecify.annotations.NullMarked;
