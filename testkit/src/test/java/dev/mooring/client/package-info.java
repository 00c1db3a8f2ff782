@NullMarked
package dev.mooring.client;

import org.jspecify.annotations.NullMarked;
