// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/glossary_dialog.h"

#include <algorithm>

#include <QDialogButtonBox>
#include <QImage>
#include <QPainter>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/figures/figure_text.h"
#include "ui/figures/png_writer.h"

namespace ocellus {

namespace {

struct Term {
    QString word;
    QString meaning;
};

/// The same twelve cells twice: an even spread, and one cell that takes four times its share from the others.
QByteArray timesUniformPicture()
{
    constexpr int side = 40, columns = 4, rows = 3, gap = 30, top = 22;
    QImage image(2 * columns * side + gap, rows * side + top, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    const auto grid = [&](int left, const QString& title, double hot, double others) {
        painter.setPen(Qt::black);
        painter.drawText(QRect(left, 0, columns * side, top), Qt::AlignCenter, title);
        for (int cell = 0; cell < rows * columns; ++cell) {
            const double value = cell == 6 ? hot : others;
            const QRect rect(left + cell % columns * side, top + cell / columns * side, side, side);
            painter.fillRect(rect, QColor::fromHsvF(0.11f, static_cast<float>(std::min(value / 4, 1.0)), 1));
            painter.setPen(QColor(0x90, 0x90, 0x90));
            painter.drawRect(rect.adjusted(0, 0, -1, -1));
            painter.setPen(Qt::black);
            painter.drawText(rect, Qt::AlignCenter, FigureText::timesUniform(value));
        }
    };
    grid(0, GlossaryDialog::tr("an even spread"), 1, 1);
    grid(columns * side + gap, GlossaryDialog::tr("one cell preferred"), 4, 8.0 / 11);
    painter.end();
    return pngBytes(image).toBase64();
}

} // namespace

GlossaryDialog::GlossaryDialog(QWidget* parent) : QDialog(parent), m_text(new QTextBrowser)
{
    setWindowTitle(tr("Glossary"));
    resize(640, 520);
    m_text->setAccessibleName(tr("Glossary"));
    m_text->setHtml(html());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_text, 1);
    layout->addWidget(buttons);
}

QString GlossaryDialog::html()
{
    const Term terms[] = {
        {tr("Class query"), tr("A vector that the model learned for one class. It searches the picture for what that "
                               "class looks like; there is one query a class.")},
        {tr("Attention"),
         tr("How a query spreads its weight over the cells of the picture. The weights of one head add "
            "up to 1.")},
        {tr("Cell"),
         tr("One place of the model's grid, usually 32 pixels of its resized input wide. A cell is influenced "
            "by an area far larger than itself.")},
        {tr("Head"), tr("One of several attention maps that a layer computes side by side; each can look for something "
                        "else. A head's number keeps its meaning within one model only.")},
        {tr("Mean"), tr("The average of the heads' attention, cell by cell.")},
        {tr("Layer"), tr("One step of the decoder. Every layer has its own heads; the last one decides the logits most "
                         "directly.")},
        {tr("Block"),
         tr("One step of a Vision Transformer. In each, every token looks at all tokens with several heads, so "
            "that a map holds only a part of the attention.")},
        {tr("[CLS], registers, prompts"),
         tr("Tokens that are no patch of the picture. [CLS] gathers what the whole picture is about, registers are "
            "scratch room, and Prompt-CAM gives each class a prompt that looks for it.")},
        {tr("Holds"),
         tr("How much of a head's attention lies on the picture; the rest goes to tokens that are no patches. "
            "A sharp map can hold little.")},
        {tr("Blur rank"), tr("Prompt-CAM's ranking of heads: one head after the other is made to look everywhere "
                             "alike, each time the one "
                             "that costs the class least; the head that is left to the last has rank 1.")},
        {tr("Mask by mass"), tr("The fewest cells that together hold a share of a map, 60 % in DINO's figures.")},
        {tr("Framed part"),
         tr("What of the picture the model sees, where its input is cut out of the picture or trimmed to "
            "whole patches. Outside there are no maps.")},
        {tr("Prototype"),
         tr("What a ProtoPNet or ProtoTree looks for: a patch of a training picture, once its training has projected "
            "it "
            "onto one. Similarity says how alike the most alike place of the picture is. In a ProtoPNet, similarity "
            "times weight is what the prototype gives to its class's logit; in a ProtoTree it is the probability of "
            "going right.")},
        {tr("Greedy, soft"),
         tr("A tree's two predictions. Greedy follows one way, right where the prototype is there with more than 0.5, "
            "and takes the leaf at its end. Soft goes all ways at once, and every leaf counts with the probability "
            "that the picture reaches it.")},
        {tr("Score"),
         tr("Attention before it is normalised: the scaled dot product of query and cell. The paper ranks "
            "heads by their highest score. Scores of different classes cannot be compared: a class that loses can "
            "have the higher one.")},
        {tr("Times uniform"),
         tr("Attention divided by what an even spread would give each cell (attention \u00d7 number of "
            "cells). 1 is no preference; 10 is ten times as much.")},
        {tr("Overlay"),
         tr("How a map lies on the picture. At first it is clear up to 1\u00d7 uniform and then ever more opaque, so "
            "that "
            "the animal keeps its colours where the model has nothing to say; the colour bar shows the same over a "
            "strip of the picture. A hairline goes round what is above half of the range.")},
        {tr("Linear, square-root, logarithmic scale"),
         tr("How values between the two ends of the range take their part of the colours. Square root keeps weak "
            "attention visible beside one very strong cell.")},
        {tr("What a cell sees"), tr("All pixels that can reach a cell through the backbone. It is far more than the "
                                    "cell, so that a mark beside "
                                    "a cell can be what it answers to.")},
        {tr("Percentile"), tr("The share of cells whose attention is lower than this cell's.")},
        {tr("Logit"), tr("The model's raw score of a class, without a unit. Only differences between classes of one "
                         "picture have a meaning.")},
        {tr("Probability (p)"), tr("Softmax over the logits of the classes that take part. It is relative to those "
                                   "classes, and says nothing about species that the model does not know.")},
        {tr("Zero"),
         tr("A limit: the other queries stay in the decoder as zero vectors, as in the paper. Logits and maps "
            "change.")},
        {tr("Drop"), tr("A limit: the other queries leave the decoder. Logits and maps change, and probabilities are "
                        "shared among fewer classes.")},
        {tr("Filter"), tr("No limit: the list only hides the other classes. The model is not asked again and no number "
                          "changes.")},
        {tr("Receptive field placement"),
         tr("Each cell is drawn where the network looks: at the centre of the pixels that "
            "can reach it.")},
        {tr("As published"),
         tr("The map is stretched over the picture, as in published figures. It lies half a cell too far "
            "to the lower right, and is here for comparison.")},
        {tr("Shared, locked, stretched range"),
         tr("Shared: one colour scale for all tiles, from 0. Locked: that scale is held across classes and pictures. "
            "Stretched: every map has its own scale, so tiles cannot be compared.")},
        {tr("Misclassified"), tr("The best class is not the one that the picture's folder is named after.")},
        {tr("Unusual picture"),
         tr("A model knows no “none of these”: it names one of its classes whatever the picture shows, often with a "
            "probability near 1. The sum over all classes, which the probability divides by, still tells how much it "
            "found of any of them (the energy, Liu et al. 2020). It is compared with pictures that the model was "
            "validated on, or with listed ones whose folders are named after its classes; with fewer than 20 of "
            "either it is not known. A high place means that the answer is worth little; a low one does not prove "
            "that the species is among the classes.")},
        {tr("Mask"),
         tr("The part of a picture that an edit changes. Every pixel is in it, outside, or in it to a share "
            "(feathered); tools paint it, and it is kept with the picture.")},
        {tr("Edit"),
         tr("An operation on a mask, such as removing or recolouring. Pixels are always the file's with the "
            "list of edits done to them in order; the file itself is never changed.")},
        {tr("Control edit"),
         tr("The same change at another place, drawn at random. If many of them change the logit as "
            "much as the edit does, it was any change and not the mark.")},
        {tr("Empirical p"), tr("(1 + controls that change it as much or more) / (1 + controls). With 20 controls it "
                               "cannot fall below 1/21.")},
        {tr("Evidence"),
         tr("What becomes of the class when a map's best place is covered, beside equally large places elsewhere; what "
            "a "
            "head's attention adds to the logit, beside the same pattern elsewhere; how fast the class is lost and "
            "found "
            "in the map's order, beside random orders. Supported: at most one time in twenty would chance do as much, "
            "corrected for the number of heads (Holm). Untested: nobody asked, or too little can be compared.")},
        {tr("Jensen-Shannon distance"), tr("How far apart two maps of a head are: 0 where they are equal, 1 where they "
                                           "have no cell in common.")},
        {tr("Draft"),
         tr("The model's answer at half the resolution, shown while the full one is on its way. Its numbers "
            "differ and are not kept.")},
        {tr("Contrast"), tr("One class's map less another's, of the same head, cell by cell.")},
        {tr("Consistency"),
         tr("How alike the things are that a head attends to in pictures of one class: the mean cosine "
            "between them, 1 where they are the same.")},
        {tr("Attention by hand"),
         tr("Cells or whole heads are taken away from a class's attention in the last layer, to "
            "see what its logit owes to them. The other cells share what is left.")},
        {tr("Session"),
         tr("A file (.ocellus) with the work: which model and pictures, their edits, the limit, the notes "
            "and the numbers shown. Pictures stay where they are.")},
        {tr("Journal"),
         tr("Where every edit is written down at once, so that a crash costs at most the last stroke. The "
            "next start offers the work back.")},
    };
    QString text;
    for (const Term& term : terms) {
        text += QStringLiteral("<p><b>%1</b><br>%2</p>").arg(term.word.toHtmlEscaped(), term.meaning.toHtmlEscaped());
        if (term.word == tr("Times uniform"))
            text += QStringLiteral("<p><img src=\"data:image/png;base64,%1\" alt=\"%2\"></p>")
                        .arg(QLatin1String(timesUniformPicture()),
                             tr("Twelve cells with 1 each, and with 4 in one and 0.73 in the others"));
    }
    return text;
}

} // namespace ocellus
