import '../styles/console.css';
import './app/console-app.js';
