// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDialog>
#include <QTimer>

#include "ui/figures/plate.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace ocellus {

class PlateForm;
class PlatePreview;

/// The figure for a paper: its choices, how it will look, and its caption. It is told what there is to show, and says
/// what is to be written. Not modal: the window may show something else meanwhile, and then so does this.
class FigureDialog : public QDialog {
    Q_OBJECT

public:
    explicit FigureDialog(const PlateOptions& options, QWidget* parent = nullptr);

    /// Nothing: there are no maps now, and nothing can be written.
    void setMatrix(const std::optional<MapMatrix>& matrix);
    void setOptions(const PlateOptions& options);
    PlateForm* form() const { return m_form; }
    PlatePreview* preview() const { return m_preview; }
    QPushButton* exportButton() const { return m_export; }
    QString caption() const;
    QString message() const;

    /// How the writing went.
    void tell(const QString& message);

signals:
    void optionsChanged(const ocellus::PlateOptions& options); ///< by the user
    void exportRequested(const ocellus::MapMatrix& matrix, const ocellus::PlateOptions& options);

private:
    QWidget* makeRight();
    void draw();
    void showDrawn();
    QString sizeText() const;

    std::optional<MapMatrix> m_matrix;
    PlateForm* m_form;
    PlatePreview* m_preview;
    QLabel* m_size;
    QPlainTextEdit* m_caption;
    QPushButton* m_copy;
    QLabel* m_message;
    QPushButton* m_export;
    QTimer m_later; ///< many changes at once are drawn once
};

} // namespace ocellus
