@NullMarked
package io.edgeflow.cloud.catalog;

import org.jspecify.annotations.NullMarked;
