// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetricsF>
#include <QString>
#include <QStringList>

namespace ocellus {

/// A class's name in `width` pixels. Of a Latin name the genus gives way and the epithet stays ("Calci… aurantia",
/// "C. aurantia"), because it is what tells neighbours in a list apart; an index before it goes last. Other names lose
/// their middle.
QString elidedName(const QString& name, double width, const QFontMetricsF& metrics);

/// The same among others, any of which may be the name itself: where another would look alike, what differs stays and
/// what they share is given up, "Pyr…cauda alba" beside "Pyr…rostris alba".
QString elidedName(const QString& name, double width, const QFontMetricsF& metrics, const QStringList& others);

} // namespace ocellus
