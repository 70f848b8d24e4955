// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/edit_text.h"

#include <cmath>

#include <QCoreApplication>
#include <QStringList>

#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// As few digits as say the value, with a sign where a change is meant.
QString number(double value)
{
    return generalText(value, 4);
}

QString signedNumber(double value)
{
    return value > 0 ? QStringLiteral("+%1").arg(number(value)) : number(value);
}

QString hexOf(const Rgb& colour)
{
    return QStringLiteral("#%1%2%3")
        .arg(colour.red, 2, 16, QLatin1Char('0'))
        .arg(colour.green, 2, 16, QLatin1Char('0'))
        .arg(colour.blue, 2, 16, QLatin1Char('0'));
}

/// The two words for one operation: what it is called, and its parameters (empty without any).
struct OperationWords {
    Q_DECLARE_TR_FUNCTIONS(ocellus::OperationWords)

public:
    QString kind;
    QStringList parameters;

    void operator()(const Inpaint& inpaint)
    {
        kind = tr("Remove");
        parameters << (inpaint.method == Inpaint::Method::Telea ? tr("Telea") : tr("Navier-Stokes"))
                   << tr("radius %1").arg(number(inpaint.radius));
    }
    void operator()(const TextureFill& fill)
    {
        kind = tr("Fill with texture");
        parameters << tr("patch %1").arg(fill.patch) << tr("seed %1").arg(fill.seed);
    }
    void operator()(const Recolour& recolour)
    {
        kind = tr("Recolour");
        if (recolour.hue != 0)
            parameters << tr("hue %1°").arg(signedNumber(recolour.hue));
        if (recolour.chroma != 1)
            parameters << tr("saturation ×%1").arg(number(recolour.chroma));
        if (recolour.lightness != 0)
            parameters << tr("lightness %1 %").arg(signedNumber(100 * recolour.lightness));
        if (parameters.isEmpty())
            parameters << tr("no change");
    }
    void operator()(const TakeColour& take)
    {
        kind = tr("Take colour");
        parameters << hexOf(take.colour);
    }
    void operator()(const Blur& blur)
    {
        kind = tr("Blur");
        parameters << tr("width %1 px").arg(number(blur.deviation));
    }
    void operator()(const Noise& noise)
    {
        kind = tr("Noise");
        parameters << tr("strength %1").arg(number(noise.deviation)) << tr("seed %1").arg(noise.seed);
    }
    void operator()(const MeanFill& fill)
    {
        kind = tr("Fill with mean");
        parameters << (fill.of == MeanFill::Of::Mask ? tr("of the mask") : tr("of the picture"));
    }
    void operator()(const CopyPatch& copy)
    {
        kind = tr("Copy patch");
        parameters << (copy.source ? tr("from another picture") : tr("from this picture"))
                   << tr("offset %1, %2").arg(countText(copy.dx), countText(copy.dy));
        if (copy.poisson)
            parameters << tr("Poisson blending");
    }
    void operator()(const Flip& flip)
    {
        kind = tr("Flip");
        parameters << (flip.axis == Flip::Axis::LeftRight ? tr("left to right") : tr("top to bottom"));
    }
    void operator()(const Brightness& brightness)
    {
        kind = tr("Brightness");
        parameters << tr("%1 %").arg(signedNumber(100 * brightness.shift));
    }
    void operator()(const Contrast& contrast)
    {
        kind = tr("Contrast");
        parameters << tr("×%1").arg(number(contrast.factor));
    }
    void operator()(const Crop& crop)
    {
        kind = tr("Crop");
        parameters
            << tr("%1 × %2 px at %3, %4").arg(crop.box.width).arg(crop.box.height).arg(crop.box.left).arg(crop.box.top);
    }
    void operator()(const Rotate& rotate)
    {
        kind = tr("Rotate");
        parameters << (rotate.degrees < 0 ? tr("%1° anticlockwise") : tr("%1° clockwise"))
                          .arg(number(std::abs(rotate.degrees)));
    }

    static QString wholePicture() { return tr("whole picture"); }
    static QString off() { return tr("off"); }
    static QString noEdits() { return tr("no edits"); }
};

OperationWords wordsFor(const Operation& operation)
{
    OperationWords words;
    std::visit(words, operation);
    return words;
}

} // namespace

QString operationKind(const Operation& operation)
{
    return wordsFor(operation).kind;
}

QString operationName(const Operation& operation)
{
    const OperationWords words = wordsFor(operation);
    return QStringLiteral("%1 (%2)").arg(words.kind, words.parameters.join(QStringLiteral(", ")));
}

QString operationParameters(const Operation& operation)
{
    return wordsFor(operation).parameters.join(QStringLiteral(", "));
}

QString describe(const Edit& edit)
{
    QString words = operationName(edit.operation);
    if (edit.mask.isNone() && !changesGeometry(edit.operation))
        words += QStringLiteral(", ") + OperationWords::wholePicture();
    const QString name = QString::fromStdString(edit.name).simplified();
    if (!name.isEmpty() && name != operationKind(edit.operation))
        words = name + QStringLiteral(": ") + words;
    if (!edit.enabled)
        words += QStringLiteral(", ") + OperationWords::off();
    return words;
}

QString describe(const EditList& edits)
{
    QStringList parts;
    for (const Edit& edit : edits)
        if (edit.enabled)
            parts += QStringLiteral("%1. %2").arg(parts.size() + 1).arg(describe(edit));
    return parts.isEmpty() ? OperationWords::noEdits() : parts.join(QStringLiteral("; "));
}

} // namespace ocellus
