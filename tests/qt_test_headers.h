// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled: what the test programs include. Each file still includes what it uses.
#pragma once

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "ui/qt_headers.h"
