// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include <QWidget>

#include "core/data/labelled_pictures.h"
#include "ui/compare/explained_picture.h"
#include "ui/engine/batch_run.h"

namespace ocellus {

class Document;
class LiveAnswer;
class MatrixView;

/// One picture with the maps of two classes beside each other: what it shows, and what it was named as.
class PairMaps : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the widget.
    PairMaps(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    /// Asks the open model for the maps, of the part of the picture that was evaluated. One class alone where both are
    /// the same.
    void show(const LabelledPicture& picture, int trueClass, int named);
    /// Words in the place of maps.
    void showText(const QString& text);
    MatrixView* view() const { return m_view; }

private:
    void ask();
    void showMaps();

    Document& m_document;
    LiveAnswer& m_answer;
    MatrixView* m_view;
    std::filesystem::path m_picture;
    std::optional<PixelBox> m_crop;
    std::array<int, 2> m_classes{-1, -1};
    std::array<std::optional<ExplainedPicture>, 2> m_explained;
    BatchRun m_run;
};

} // namespace ocellus
