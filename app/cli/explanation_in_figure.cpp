// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/explanation_in_figure.h"

#include <algorithm>

#include "core/engine/assumptions_text.h"
#include "core/image/preprocess.h"

namespace ocellus {

namespace {

constexpr int shownHashDigits = 12;

/// Shares the pixels: valid as long as the picture is.
QImage imageOf(const Picture& picture)
{
    return QImage(picture.rgb.data(), picture.size.width, picture.size.height, picture.size.width * 3,
                  QImage::Format_RGB888);
}

QString limitText(const QuerySet& set, int classes)
{
    if (set.mode == LimitMode::All)
        return {};
    return QString::fromStdString("limited to " + std::to_string(set.active.size()) + " of " + std::to_string(classes) +
                                  " (" + std::string(toString(set.mode)) + ")");
}

QStringList noticesOf(const FigureSubject& subject)
{
    const ModelDescription& model = subject.model;
    QStringList notices;
    for (const std::string& remark : remarks(subject.decoded.facts))
        notices << QString::fromStdString(remark);
    if (subject.crop)
        notices << QStringLiteral("cropped to %1x%2 at %3, %4")
                       .arg(subject.crop->width)
                       .arg(subject.crop->height)
                       .arg(subject.crop->left)
                       .arg(subject.crop->top);
    if (const std::string assumed = assumptionsText(model, subject.preprocess); !assumed.empty())
        notices << QString::fromStdString(assumed);
    if (model.preprocess && *model.preprocess != subject.preprocess)
        notices << QStringLiteral("input %1, the model's own is %2")
                       .arg(QString::fromStdString(toString(subject.preprocess)),
                            QString::fromStdString(toString(*model.preprocess)));
    if (model.untrained)
        notices << QStringLiteral("untrained: weights by formula");
    if (const std::string weights = noticeOf(model.stateDict); !weights.empty())
        notices << QString::fromStdString(weights);
    return notices;
}

} // namespace

Explanation explanationInFigure(const FigureSubject& subject, const FigureChoice& choice)
{
    const ModelDescription& model = subject.model;
    const Picture& picture = subject.decoded.picture;
    const Decoding::Extent& extent = subject.decoding->extent();
    Explanation shown;
    shown.picture = imageOf(picture);
    shown.decoding = subject.decoding;
    // A plain classifier has no grid of its own.
    shown.geometry = CellGeometry(picture.size, inputPlace(picture.size, subject.preprocess), std::max(1, extent.rows),
                                  std::max(1, extent.columns), model.field);
    shown.field = model.field;
    shown.inputSize = subject.inputSize;
    shown.style.overlay = choice.overlay;
    shown.boxes = choice.boxes;
    shown.layer = choice.layer.value_or(std::max(0, extent.layers - 1));
    shown.layerKind = model.offer.layerKind;
    shown.mapKind = model.offer.mapKind;
    shown.subject = model.offer.maps;
    shown.pictureName = QString::fromStdString(subject.pictureName);
    shown.modelName = QString::fromStdString(model.path.filename().string());
    shown.modelHash = QString::fromStdString(model.sha256.substr(0, shownHashDigits));
    shown.limit = limitText(subject.decoding->querySet(), model.offer.classes);
    shown.notices = noticesOf(subject);
    return shown;
}

} // namespace ocellus
