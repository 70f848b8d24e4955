<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ocellus::ModelPanel</name>
    <message numerus="yes">
        <source>%n name(s), counted from %1 in the file
from %2</source>
        <translation>
            <numerusform>%n name, counted from %1 in the file
from %2</numerusform>
            <numerusform>%n names, counted from %1 in the file
from %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::PicturesPanel</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n picture(s)</source>
        <translation>
            <numerusform>%1 of %n picture</numerusform>
            <numerusform>%1 of %n pictures</numerusform>
        </translation>
    </message>
</context>
</TS>
