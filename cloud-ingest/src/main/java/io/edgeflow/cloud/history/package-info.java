/** History out and in over HTTP: what is stored, as text in pages; frames made of files. */
@NullMarked
package io.edgeflow.cloud.history;

import org.jspecify.annotations.NullMarked;
