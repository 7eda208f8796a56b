/**
 * The owner thread: decides readings, appends them to the journal, folds them and numbers frames
 * (J1).
 */
@NullMarked
package io.edgeflow.gateway.recorder;

import org.jspecify.annotations.NullMarked;
