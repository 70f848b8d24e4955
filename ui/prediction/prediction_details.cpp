// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/prediction_details.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/figures/number_text.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr int pictureSide = 240; ///< pixels

} // namespace

PredictionDetails::PredictionDetails(QWidget* parent)
    : QWidget(parent),
      m_picture(new QLabel(this)),
      m_text(plainLabel(this)),
      m_confirm(new QPushButton(tr("Conf&irm"), this)),
      m_correct(new QPushButton(tr("Co&rrect…"), this)),
      m_takeBack(new QPushButton(tr("Take &back"), this)),
      m_maps(new QPushButton(tr("Where does it &look?"), this))
{
    m_picture->setFixedSize(pictureSide, pictureSide);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setAccessibleName(tr("The chosen picture"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("What the chosen picture is named"));
    m_maps->setToolTip(tr("Opens the picture in Look, with the maps of the species (Space)"));
    m_confirm->setToolTip(tr("The model is right; and on to the next (Return)"));
    m_correct->setToolTip(tr("Type what it is: just begin to type in the table"));
    m_takeBack->setToolTip(tr("Nobody has said anything about it (Delete); Ctrl+Z undoes the last correction"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addWidget(m_picture, 0, Qt::AlignHCenter);
    layout->addWidget(m_text);
    for (QPushButton* button : {m_confirm, m_correct, m_takeBack, m_maps})
        layout->addWidget(button);
    layout->addStretch(1);
    connect(m_confirm, &QPushButton::clicked, this, &PredictionDetails::confirmRequested);
    connect(m_correct, &QPushButton::clicked, this, &PredictionDetails::correctionRequested);
    connect(m_takeBack, &QPushButton::clicked, this, &PredictionDetails::takeBackRequested);
    connect(m_maps, &QPushButton::clicked, this, &PredictionDetails::mapsRequested);
    showText({});
}

void PredictionDetails::showText(const QString& text)
{
    m_picture->clear();
    m_text->setText(text);
    for (QPushButton* button : {m_confirm, m_correct, m_takeBack, m_maps})
        button->setEnabled(false);
}

void PredictionDetails::show(const PredictedPicture& picture, const QStringList& classNames, const QImage& thumbnail)
{
    m_picture->setPixmap(thumbnail.isNull() ? QPixmap()
                                            : QPixmap::fromImage(thumbnail.scaled(
                                                  m_picture->size(), Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    m_text->setText(linesOf(picture, classNames).join(QLatin1Char('\n')));
    m_confirm->setEnabled(picture.isNamed() && !picture.isChecked());
    m_correct->setEnabled(picture.isNamed());
    m_takeBack->setEnabled(picture.isChecked());
    m_maps->setEnabled(picture.isNamed());
}

QStringList PredictionDetails::linesOf(const PredictedPicture& picture, const QStringList& classNames)
{
    const NamedPrediction& prediction = picture.prediction;
    if (!picture.isNamed())
        return {QString::fromStdString(picture.failure)};
    const auto percent = [](double share) { return fixedText(100 * share, 1); };
    QStringList lines;
    if (picture.isCorrected())
        lines += tr("By hand: %1")
                     .arg(picture.checkedClass ? classNames.value(*picture.checkedClass)
                                               : QString::fromStdString(prediction.checked->scientific));
    else if (picture.isChecked())
        lines += tr("Confirmed by hand.");
    lines += tr("The model: %1, %2 %").arg(classNames.value(prediction.classIndex), percent(prediction.probability));
    if (prediction.second)
        lines += tr("Second best: %1, %2 %")
                     .arg(classNames.value(*prediction.second), percent(prediction.secondProbability));
    if (prediction.isUnusual == true)
        lines += tr("Unlike anything the model was trained on.");
    if (!prediction.remark.empty())
        lines += QString::fromStdString(prediction.remark);
    return lines;
}

} // namespace ocellus
