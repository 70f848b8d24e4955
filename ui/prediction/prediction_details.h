// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

#include "core/evaluation/prediction_sheet.h"

class QLabel;
class QPushButton;

namespace ocellus {

/// One prediction with its picture, and what can be done about it.
class PredictionDetails : public QWidget {
    Q_OBJECT

public:
    explicit PredictionDetails(QWidget* parent = nullptr);

    void show(const PredictedPicture& picture, const QStringList& classNames, const QImage& thumbnail);
    /// Words in the place of a picture.
    void showText(const QString& text);

signals:
    void confirmRequested();
    void correctionRequested();
    void takeBackRequested();
    void mapsRequested();

private:
    static QStringList linesOf(const PredictedPicture& picture, const QStringList& classNames);

    QLabel* m_picture;
    QLabel* m_text;
    QPushButton* m_confirm;
    QPushButton* m_correct;
    QPushButton* m_takeBack;
    QPushButton* m_maps;
};

} // namespace ocellus
