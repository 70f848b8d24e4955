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

/// "0001.jpg · Calcidella aurantia · rank 1 of 24, logit 6.77, p 0.98" in `width` pixels: names give way, as above, and
/// then whole facts from the first on, so that none stands without its number or without its word. Of one part the
/// middle goes.
/// Names stay apart from those of `others`, captions too.
QString elidedCaption(const QString& caption, double width, const QFontMetricsF& metrics,
                      const QStringList& others = {});

} // namespace ocellus
