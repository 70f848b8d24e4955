// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QImage>
#include <QWidget>

#include "core/edit/edit.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace ocellus {

class OperationForm;
class PictureEditor;

/// What the selected edit does, to be changed while one watches; hidden where none is selected.
class SelectedEditForm : public QWidget {
    Q_OBJECT

public:
    /// `editor` must outlive the form.
    explicit SelectedEditForm(PictureEditor& editor, QWidget* parent = nullptr);

    /// The picture without its edits; sets off what turning a hue begins with.
    void setOriginal(const QImage& picture);

    /// For an edit that takes a colour, as colourPickRequested() asked; nothing for any other.
    void takeColour(const Rgb& colour);
    /// For an edit that copies a patch, as patchSourceRequested() asked: the patch is then moved about in this picture.
    void takePatchSource(const std::shared_ptr<const Picture>& other);

    OperationForm* operationForm() const { return m_form; }

signals:
    void colourPickRequested();
    void patchSourceRequested();

private:
    const Edit* selected() const;
    void follow();
    void showKinds(const Edit& edit);
    void showHue(const Edit& edit);
    void showColourless(const Edit& edit);
    void changeLightness();
    void chooseKind(int row);
    void change(const Operation& operation);
    void replace(const Operation& operation);
    void movePatch(const CopyPatch& wanted, const PixelBox& target);
    void useOwnSource();

    PictureEditor& m_editor;
    QComboBox* m_kind;
    OperationForm* m_form;
    QLabel* m_problem;
    QLabel* m_colourless;
    QPushButton* m_lightness;
    double m_lightnessStep = 0; // that m_lightness offers
    QImage m_original;
    std::uint64_t m_interaction = 0;
    // The whole of the other picture, as long as its patch is moved about: of it the edit keeps the patch alone.
    CopyPatch m_wholePatch;
    std::shared_ptr<const Picture> m_keptPatch;
};

} // namespace ocellus
